package com.linbox.protocol;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import org.jspecify.annotations.Nullable;

/** A message as the wire shows it, nested in other packets. Times are milliseconds since the epoch. */
public record MessageBody(
        @Nullable Long rId,
        @Nullable String fromUserId,
        @Nullable String toUserId,
        @Nullable String groupId,
        @Nullable Long msgId,
        @Nullable String mimeType,
        @Nullable String content,
        @Nullable Long sendTime,
        @Nullable Integer type) {

    public static MessageBody of(Message message) {
        String to = null;
        String group = null;
        if (message.conversation() instanceof Conversation.Session session) {
            to = Long.toString(session.partnerOf(message.senderId()));
        } else {
            group = message.conversation().key();
        }
        return new MessageBody(
                message.requestId(),
                Long.toString(message.senderId()),
                to,
                group,
                message.msgId(),
                message.mimeType(),
                message.content(),
                message.sendTime(),
                message.conversation().type().code());
    }

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "MessageBody[rId=" + rId + ", fromUserId=" + fromUserId + ", msgId=" + msgId + "]";
    }
}
