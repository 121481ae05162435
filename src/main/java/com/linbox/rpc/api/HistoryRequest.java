package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param userId whose conversation it is; null to read a group as nobody but the back end may
 * @param partnerId the other end; null for a group's
 * @param groupId the group; null for a user's
 * @param afterMsgId only messages beyond this place; null for 0
 * @param upToMsgId only messages up to this place, itself included; null for the newest
 * @param limit how many at most, 1 to 200; null for 20
 */
public record HistoryRequest(
        @Nullable String userId,
        @Nullable String partnerId,
        @Nullable String groupId,
        @Nullable Long afterMsgId,
        @Nullable Long upToMsgId,
        @Nullable Integer limit)
        implements Serializable {}
