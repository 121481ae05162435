package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param operatorId who makes it, and owns it
 * @param groupId the new group's, which no group ever had; null for one that the server gives, the same for a day where the
 *     call is made again
 * @param requestId what names this call among all that make a group for the operator: a random number
 * @param name up to 100 characters; null for none
 * @param userIds up to 1000 members besides the operator; null for none
 * @param invite who may add members from their clients: {@code administrators} or {@code members}; null for
 *     {@code administrators}
 * @param history what new members may read: {@code joined} (from then on) or {@code all}; null for {@code joined}
 * @param deadlineMillis as in {@link SendRequest}
 */
public record CreateGroupRequest(
        String operatorId,
        @Nullable String groupId,
        String requestId,
        @Nullable String name,
        @Nullable List<String> userIds,
        @Nullable String invite,
        @Nullable String history,
        @Nullable Long deadlineMillis)
        implements Serializable {}
