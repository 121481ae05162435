package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One conversation as a user has it.
 *
 * @param partnerId the other end; null for a group's
 * @param groupId the group; null for a user's
 * @param lastMsgId the newest message's place
 * @param readMsgId up to where the user has read
 * @param unread how many messages stand after that
 * @param newest the newest message; null where it is there no more
 */
public record UnreadConversation(
        @Nullable String partnerId,
        @Nullable String groupId,
        long lastMsgId,
        long readMsgId,
        long unread,
        @Nullable StoredMessage newest)
        implements Serializable {}
