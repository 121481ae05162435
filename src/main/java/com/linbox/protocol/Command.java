package com.linbox.protocol;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;

/** What a request asks for, its fields checked: made by {@link CommandReader}. */
public sealed interface Command {

    /** Store a message and tell those concerned. */
    record Send(SendMsgRequest request, Draft draft) implements Command {}

    /** Move the read position up to {@code msgId}, at least 0. */
    record ReadAck(ReadAckRequest request, Conversation conversation, long msgId) implements Command {}

    /**
     * List conversations with their unread counts, newest first.
     *
     * @param offset how many to pass over, at least 0
     * @param limit how many at most, at least 1
     */
    record SyncAll(SyncUnreadRequest request, int offset, int limit) implements Command {}

    /** Tell one conversation's unread count. */
    record SyncOne(SyncUnreadRequest request, Conversation conversation) implements Command {}

    /**
     * Get messages with {@code afterMsgId < msg_id <= upToMsgId}, newest first.
     *
     * @param fromNewest whether the client asked for the newest, which also marks them read; {@code upToMsgId} is then
     *     {@link Long#MAX_VALUE}
     * @param limit how many at most, at least 1
     */
    record Pull(
            PullOldMsgRequest request,
            Conversation conversation,
            long afterMsgId,
            long upToMsgId,
            boolean fromNewest,
            int limit)
            implements Command {}

    /** List the unread counts of system messages. */
    record SystemUnread(SyncSystemUnreadRequest request) implements Command {}

    /** Mark the system messages of a type as read. */
    record SystemUnreadAck(SystemUnreadAckRequest request, int systemType) implements Command {}
}
