package com.linbox.inbox;

import com.linbox.message.Conversation;

/**
 * One conversation as a user has it.
 *
 * @param lastMsgId the newest message's id
 * @param readMsgId up to where the user has read; the user's own messages count as read
 */
public record InboxEntry(Conversation conversation, long lastMsgId, long readMsgId) {

    /** Unread is derived, not counted: both positions only ever move up, so replays and late updates change nothing. */
    public long unread() {
        return Math.max(0, lastMsgId - readMsgId);
    }
}
