package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param requestId what names this call among all that the operator sends or does in this group: a random number
 * @param until until when ordinary members may not send; 0 lets them speak again, −1 is for ever
 * @param deadlineMillis as in {@link SendRequest}
 */
public record MuteAllRequest(
        String operatorId,
        String groupId,
        String requestId,
        Long until,
        @Nullable Long deadlineMillis) implements Serializable {}
