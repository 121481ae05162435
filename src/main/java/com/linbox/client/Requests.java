package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.ConversationType;
import com.linbox.protocol.ChangeMsgRequest;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.MessageChange;
import com.linbox.protocol.Moments;
import com.linbox.protocol.MuteConversationRequest;
import com.linbox.protocol.Packet;
import com.linbox.protocol.Ping;
import com.linbox.protocol.PresenceSubscribeRequest;
import com.linbox.protocol.PullOldMsgRequest;
import com.linbox.protocol.ReadAckRequest;
import com.linbox.protocol.ReadersRequest;
import com.linbox.protocol.SendMsgRequest;
import com.linbox.protocol.SyncSystemUnreadRequest;
import com.linbox.protocol.SyncUnreadRequest;
import com.linbox.protocol.SystemUnreadAckRequest;
import com.linbox.protocol.TypingRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The packets that one user asks with. */
final class Requests {

    /** What the wire's {@code request_type} says of a pull; the server only echoes it. */
    private static final int POINTED = 3;

    private final long userId;
    private final String user;

    Requests(long userId) {
        this.userId = userId;
        this.user = Long.toString(userId);
    }

    Packet send(Conversation conversation, long requestId, String mimeType, String content) {
        String remote = remote(conversation);
        String group = conversation.groupText();
        int type = conversation.type().code();
        var body = new MessageBody(requestId, user, remote, group, null, mimeType, content, null, type);
        return new SendMsgRequest(requestId, user, remote, group, body, type);
    }

    Packet pull(long requestId, Conversation conversation, long maxMsgId, long minMsgId, int limit) {
        return new PullOldMsgRequest(
                requestId,
                user,
                remote(conversation),
                conversation.groupText(),
                maxMsgId,
                minMsgId,
                limit,
                conversation.type().code(),
                maxMsgId,
                POINTED);
    }

    /** @param conversation null for all of them */
    Packet unread(long requestId, @Nullable Conversation conversation, int offset, int limit) {
        return conversation == null
                ? new SyncUnreadRequest(requestId, user, null, null, offset, limit, ConversationType.ALL.code())
                : new SyncUnreadRequest(
                        requestId,
                        user,
                        remote(conversation),
                        conversation.groupText(),
                        offset,
                        limit,
                        conversation.type().code());
    }

    Packet read(long requestId, Conversation conversation, long msgId) {
        return new ReadAckRequest(
                requestId,
                user,
                remote(conversation),
                conversation.groupText(),
                msgId,
                conversation.type().code());
    }

    /** @param content null to recall */
    Packet changeMessage(long requestId, Conversation conversation, long msgId, @Nullable String content) {
        return new ChangeMsgRequest(
                requestId,
                user,
                remote(conversation),
                conversation.groupText(),
                conversation.type().code(),
                msgId,
                MessageChange.actionOf(content),
                content);
    }

    Packet readers(long requestId, Conversation conversation, long msgId, int offset, int limit) {
        return new ReadersRequest(
                requestId,
                user,
                remote(conversation),
                conversation.groupText(),
                conversation.type().code(),
                msgId,
                offset,
                limit);
    }

    Packet typing(long requestId, Conversation conversation) {
        return new TypingRequest(
                requestId,
                user,
                remote(conversation),
                conversation.groupText(),
                conversation.type().code());
    }

    Packet mute(long requestId, Conversation conversation, long until) {
        return new MuteConversationRequest(
                requestId,
                user,
                remote(conversation),
                conversation.groupText(),
                conversation.type().code(),
                Moments.onWire(until));
    }

    Packet presence(long requestId, Set<Long> users) {
        return new PresenceSubscribeRequest(
                requestId, user, users.stream().map(id -> Long.toString(id)).toList());
    }

    Packet systemUnread(long requestId) {
        return new SyncSystemUnreadRequest(requestId, user);
    }

    Packet systemAck(long requestId, int systemType) {
        return new SystemUnreadAckRequest(requestId, user, systemType);
    }

    Packet ping(long requestId) {
        return new Ping(requestId, user);
    }

    private @Nullable String remote(Conversation conversation) {
        return conversation instanceof Conversation.Session session ? Long.toString(session.partnerOf(userId)) : null;
    }
}
