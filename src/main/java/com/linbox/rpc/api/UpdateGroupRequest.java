package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is null stays as it is; one at least is not.
 *
 * @param requestId what names this call among all that the operator sends or does in this group: a random number
 * @param name up to 100 characters
 * @param invite as in {@link CreateGroupRequest}
 * @param history as in {@link CreateGroupRequest}
 * @param deadlineMillis as in {@link SendRequest}
 */
public record UpdateGroupRequest(
        String operatorId,
        String groupId,
        String requestId,
        @Nullable String name,
        @Nullable String invite,
        @Nullable String history,
        @Nullable Long deadlineMillis)
        implements Serializable {}
