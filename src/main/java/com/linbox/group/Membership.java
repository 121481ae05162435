package com.linbox.group;

/**
 * What a user's membership of a group means for what they may read and have to read.
 *
 * @param sinceMsgId as {@link Member#sinceMsgId()}: unread counts begin after it
 * @param history how much the user may read
 */
public record Membership(long groupId, long userId, long sinceMsgId, HistoryAccess history) {

    /** The msg_id after which the user may read. */
    public long readableAfter() {
        return history == HistoryAccess.ALL ? 0 : sinceMsgId;
    }
}
