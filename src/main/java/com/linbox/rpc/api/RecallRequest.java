package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param operatorId on whose behalf: one of the two in a conversation of two, anybody in a group
 * @param partnerId the other of the two; null for a group's
 * @param groupId the group; null for a user's
 * @param msgId which message
 * @param requestId what names this call among all that the operator sends or does in this conversation: a random number
 * @param deadlineMillis as in {@link SendRequest}
 */
public record RecallRequest(
        String operatorId,
        @Nullable String partnerId,
        @Nullable String groupId,
        Long msgId,
        String requestId,
        @Nullable Long deadlineMillis)
        implements Serializable {}
