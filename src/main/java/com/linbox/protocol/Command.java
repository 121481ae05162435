package com.linbox.protocol;

import com.linbox.group.GroupChange;
import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import org.jspecify.annotations.Nullable;

/** What a request asks for, its fields checked: made by {@link CommandReader}. */
public sealed interface Command {

    /**
     * The conversation that gets a message by this; null where none does. Such requests of one conversation are handled in
     * order.
     */
    default @Nullable Conversation writesTo() {
        return null;
    }

    /** The conversation whose messages or positions this is about, without adding to it; null where it is about none. */
    default @Nullable Conversation readsFrom() {
        return null;
    }

    /** Store a message and tell those concerned. */
    record Send(SendMsgRequest request, Draft draft) implements Command {

        @Override
        public Conversation writesTo() {
            return draft.conversation();
        }
    }

    /** Move the read position up to {@code msgId}, at least 0. */
    record ReadAck(ReadAckRequest request, Conversation conversation, long msgId) implements Command {

        @Override
        public Conversation readsFrom() {
            return conversation;
        }
    }

    /**
     * List conversations with their unread counts, newest first.
     *
     * @param offset how many to pass over, at least 0
     * @param limit how many at most, at least 1
     */
    record SyncAll(SyncUnreadRequest request, int offset, int limit) implements Command {}

    /** Tell one conversation's unread count. */
    record SyncOne(SyncUnreadRequest request, Conversation conversation) implements Command {

        @Override
        public Conversation readsFrom() {
            return conversation;
        }
    }

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
            implements Command {

        @Override
        public Conversation readsFrom() {
            return conversation;
        }
    }

    /** Do something to a group, or make it. */
    record ChangeGroup(GroupChangeRequest request, Conversation.Group conversation, long requestId, GroupChange change)
            implements Command {

        @Override
        public Conversation writesTo() {
            return conversation;
        }
    }

    /**
     * Tell what a group is like, and of some of its members.
     *
     * @param after the member after whom to go on, null from the first on
     * @param limit how many at most, at least 1
     */
    record GroupInfo(
            GroupInfoRequest request,
            long groupId,
            @Nullable Long after,
            int limit) implements Command {}

    /**
     * Tell who has read a conversation up to {@code msgId}, at least 1.
     *
     * @param offset how many to pass over, at least 0
     * @param limit how many at most, at least 1
     */
    record Readers(ReadersRequest request, Conversation conversation, long msgId, int offset, int limit)
            implements Command {

        @Override
        public Conversation readsFrom() {
            return conversation;
        }
    }

    /** Tell the others that the user is writing. */
    record Typing(TypingRequest request, Conversation conversation) implements Command {}

    /**
     * Take back a message, or rewrite it.
     *
     * @param content the new one, null to take it back
     */
    record ChangeMsg(
            ChangeMsgRequest request,
            Conversation conversation,
            long requestId,
            long msgId,
            @Nullable String content) implements Command {

        @Override
        public Conversation writesTo() {
            return conversation;
        }
    }

    /** Notify the user no more of a conversation while offline, until then; {@link Long#MAX_VALUE} is for ever. */
    record MuteConversation(MuteConversationRequest request, Conversation conversation, long until) implements Command {

        @Override
        public Conversation readsFrom() {
            return conversation;
        }
    }

    /** List the unread counts of system messages. */
    record SystemUnread(SyncSystemUnreadRequest request) implements Command {}

    /** Mark the system messages of a type as read. */
    record SystemUnreadAck(SystemUnreadAckRequest request, int systemType) implements Command {}
}
