package com.linbox.inbox;

import com.linbox.message.Conversation;
import com.linbox.message.Message;

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

    /**
     * The same for a moment at which the database may be ahead of the inbox.
     *
     * @param newest the conversation's newest message in the database
     * @param userId whose entry this is
     */
    public InboxEntry broughtUpTo(Message newest, long userId) {
        boolean own = newest.senderId() == userId;
        return new InboxEntry(
                conversation,
                Math.max(lastMsgId, newest.msgId()),
                own ? Math.max(readMsgId, newest.msgId()) : readMsgId);
    }
}
