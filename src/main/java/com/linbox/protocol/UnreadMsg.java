package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One conversation in a {@link SyncUnreadResponse}.
 *
 * @param msgId the newest message's id
 * @param count how many messages stand after the user's read position
 * @param since of a group: its newest message's id when the user joined, 0 where there was none
 * @param msg the newest message
 */
public record UnreadMsg(
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        int type,
        long msgId,
        long count,
        @Nullable Long since,
        @Nullable MessageBody msg) {}
