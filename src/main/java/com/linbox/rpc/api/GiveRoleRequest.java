package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param requestId what names this call among all that the operator sends or does in this group: a random number
 * @param userIds 1 to 1000 members; one alone to be the owner
 * @param role {@code member}, {@code administrator} or {@code owner}
 * @param deadlineMillis as in {@link SendRequest}
 */
public record GiveRoleRequest(
        String operatorId,
        String groupId,
        String requestId,
        List<String> userIds,
        String role,
        @Nullable Long deadlineMillis)
        implements Serializable {}
