package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Ids;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.ChangeMsgResponse;
import com.linbox.protocol.GroupChangeResponse;
import com.linbox.protocol.GroupEvent;
import com.linbox.protocol.MessageChange;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.protocol.ServerPacket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answers to requests that became messages, and those messages. */
final class StoredAnswers {

    private StoredAnswers() {}

    /**
     * Tells of the message that a request has become, where it has become one.
     *
     * @param conversation the request's, null where only the answer knows it
     */
    static void tell(
            PendingRequests.StoredListener listener, ServerPacket answer, @Nullable Conversation conversation) {
        Conversation where = answer instanceof GroupChangeResponse changed ? group(changed) : conversation;
        Long msgId = msgId(answer);
        if (where != null && msgId != null) {
            listener.stored(where, msgId);
        }
    }

    private static @Nullable Conversation group(GroupChangeResponse changed) {
        try {
            return new Conversation.Group(Ids.parse("group_id", changed.groupId()));
        } catch (RequestRejectedException e) {
            return null;
        }
    }

    private static @Nullable Long msgId(ServerPacket answer) {
        if (answer instanceof SendMsgResponse sent) {
            return sent.msgId();
        } else if (answer instanceof ChangeMsgResponse changed) {
            return changed.changeMsgId();
        }
        return answer instanceof GroupChangeResponse changed ? changed.msgId() : null;
    }

    /** What the caller is told. */
    static SentMessage sent(ServerPacket answer, long requestId) {
        if (answer instanceof SendMsgResponse sent) {
            return sent(Objects.requireNonNull(sent.msgId(), "msg_id"), sent.sendTime(), requestId);
        } else if (answer instanceof ChangeMsgResponse changed) {
            return sent(Objects.requireNonNull(changed.changeMsgId(), "change_msg_id"), changed.sendTime(), requestId);
        }
        GroupChangeResponse changed = (GroupChangeResponse) answer;
        return sent(Objects.requireNonNullElse(changed.msgId(), 0L), changed.sendTime(), requestId);
    }

    private static SentMessage sent(long msgId, @Nullable Long sendTime, long requestId) {
        return new SentMessage(msgId, Objects.requireNonNullElse(sendTime, 0L), requestId);
    }

    /**
     * The answer that the server must have given, or would give, as a message of the same user and r_id shows.
     *
     * @param conversation the request's, null where it makes a group
     * @return null where the message is none that such a request becomes
     */
    static @Nullable ServerPacket madeOf(Message message, PacketType request, @Nullable Conversation conversation) {
        boolean there = message.conversation().equals(conversation);
        return switch (request) {
            case SEND_MSG_REQUEST -> there ? messageSent(message) : null;
            case CHANGE_MSG_REQUEST ->
                there && message.mimeType().equals(MessageChange.MIME_TYPE) ? messageChanged(message) : null;
            case GROUP_CHANGE_REQUEST ->
                (there || conversation == null) && message.mimeType().equals(GroupEvent.MIME_TYPE)
                        ? groupChanged(message)
                        : null;
            default -> null;
        };
    }

    private static ServerPacket messageSent(Message message) {
        return new SendMsgResponse(
                message.requestId(),
                message.requestId(),
                null,
                null,
                null,
                message.msgId(),
                message.sendTime(),
                null,
                ServerPacket.OK,
                null);
    }

    private static ServerPacket messageChanged(Message message) {
        return new ChangeMsgResponse(
                message.requestId(),
                null,
                null,
                null,
                null,
                null,
                message.msgId(),
                message.sendTime(),
                ServerPacket.OK,
                null);
    }

    private static ServerPacket groupChanged(Message message) {
        return new GroupChangeResponse(
                message.requestId(),
                null,
                message.conversation().key(),
                message.msgId(),
                message.sendTime(),
                ServerPacket.OK,
                null);
    }
}
