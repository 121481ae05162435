package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param requestId what names this call among all that the operator sends or does in this group: a random number
 * @param deadlineMillis as in {@link SendRequest}
 */
public record DissolveGroupRequest(
        String operatorId,
        String groupId,
        String requestId,
        @Nullable Long deadlineMillis) implements Serializable {}
