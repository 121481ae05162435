package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param requestId what names this call among all that the operator sends or does in this group: a random number
 * @param userIds 1 to 1000 users
 * @param deadlineMillis as in {@link SendRequest}
 */
public record MembersRequest(
        String operatorId,
        String groupId,
        String requestId,
        List<String> userIds,
        @Nullable Long deadlineMillis) implements Serializable {}
