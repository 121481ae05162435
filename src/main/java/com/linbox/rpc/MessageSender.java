package com.linbox.rpc;

import com.linbox.message.Conversation;
import com.linbox.message.ErrorCode;
import com.linbox.protocol.ChangeMsgRequest;
import com.linbox.protocol.ChangeMsgResponse;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.MessageChange;
import com.linbox.protocol.SendMsgRequest;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.rpc.RequestSender.Asker;
import com.linbox.rpc.api.ChangedMessage;
import com.linbox.rpc.api.RequestFailedException;
import com.linbox.rpc.api.SentMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends messages and changes them. Thread-safe. */
final class MessageSender {

    private final RequestSender requests;

    MessageSender(RequestSender requests) {
        this.requests = requests;
    }

    /**
     * Sends a message and waits until it is stored.
     *
     * @param conversation one that the sender is an end of, or a group
     * @param mimeType null for {@code text/plain}
     * @param content null is empty
     * @throws RequestFailedException where it is refused, or not known to be stored before the deadline
     */
    SentMessage send(
            long senderId,
            Conversation conversation,
            long requestId,
            @Nullable String mimeType,
            @Nullable String content,
            Duration deadline) {
        String sender = Long.toString(senderId);
        String partner = partner(conversation, senderId);
        String group = conversation.groupText();
        int type = conversation.type().code();
        MessageBody body = new MessageBody(requestId, sender, partner, group, null, mimeType, content, null, type);
        SendMsgResponse response = requests.ask(
                Asker.user(senderId),
                new SendMsgRequest(requestId, sender, partner, group, body, type),
                SendMsgResponse.class,
                deadline);
        Long msgId = response.msgId();
        Long sendTime = response.sendTime();
        if (response.status() != ServerPacket.OK || msgId == null || sendTime == null) {
            throw Refusals.of(response.status(), response.errMsg(), ErrorCode.INVALID_VALUE, ErrorCode.NOT_MEMBER);
        }
        return new SentMessage(Long.toString(requestId), msgId, sendTime);
    }

    /**
     * Recalls a message or rewrites it, and waits until it is done. Nobody's rights are asked for.
     *
     * @param conversation one that the operator is an end of, or a group
     * @param content the new one; null to recall the message
     * @throws RequestFailedException where it cannot be, or is not known to be done before the deadline
     */
    ChangedMessage change(
            long operatorId,
            Conversation conversation,
            long msgId,
            long requestId,
            @Nullable String content,
            Duration deadline) {
        ChangeMsgRequest request = new ChangeMsgRequest(
                requestId,
                Long.toString(operatorId),
                partner(conversation, operatorId),
                conversation.groupText(),
                conversation.type().code(),
                msgId,
                MessageChange.actionOf(content),
                content);
        ChangeMsgResponse response =
                requests.ask(Asker.backEnd(operatorId), request, ChangeMsgResponse.class, deadline);
        Long changeMsgId = response.changeMsgId();
        Long sendTime = response.sendTime();
        if (response.status() != ServerPacket.OK || changeMsgId == null || sendTime == null) {
            String text = response.errMsg();
            boolean noGroup = text != null && text.startsWith("group_id:");
            throw Refusals.of(
                    response.status(),
                    text,
                    ErrorCode.INVALID_VALUE,
                    noGroup ? ErrorCode.NO_SUCH_GROUP : ErrorCode.NO_SUCH_MESSAGE);
        }
        return new ChangedMessage(msgId, changeMsgId, sendTime);
    }

    private static @Nullable String partner(Conversation conversation, long userId) {
        return conversation instanceof Conversation.Session pair ? Long.toString(pair.partnerOf(userId)) : null;
    }
}
