package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param requestId what names this call among all that the operator sends or does in this group: a random number
 * @param userIds 1 to 1000 members
 * @param until until when they may not send; 0 lets them speak again, −1 is for ever
 * @param deadlineMillis as in {@link SendRequest}
 */
public record MuteMembersRequest(
        String operatorId,
        String groupId,
        String requestId,
        List<String> userIds,
        Long until,
        @Nullable Long deadlineMillis)
        implements Serializable {}
