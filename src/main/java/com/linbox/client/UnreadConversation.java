package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in the user's list.
 *
 * @param newestMsgId the newest message's id, 0 where there is none
 * @param count how many messages the user has not read
 * @param since of a group: its newest message's id when the user joined; 0 where there was none, and for any other conversation
 * @param newest the newest message
 */
public record UnreadConversation(
        Conversation conversation,
        long newestMsgId,
        long count,
        long since,
        @Nullable Message newest) {}
