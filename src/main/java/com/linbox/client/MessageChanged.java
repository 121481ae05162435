package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.MessageChange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An earlier message was recalled or edited. The change is a message of the conversation itself, with a place there.
 *
 * @param changedMsgId the earlier message's
 * @param newContent what it says now; null where it was recalled
 * @param actorId who has changed it
 * @param msgId the change's own place in the conversation
 * @param sendTime when it was changed, in milliseconds since the epoch
 */
public record MessageChanged(
        Conversation conversation,
        long changedMsgId,
        @Nullable String newContent,
        long actorId,
        long msgId,
        long sendTime) {

    /** What a message says of an earlier one; null where it is an ordinary one, or of a kind this client does not know. */
    public static @Nullable MessageChanged of(Message message) {
        MessageChange change =
                message.mimeType().equals(MessageChange.MIME_TYPE) ? MessageChange.ofJson(message.content()) : null;
        if (change == null || change.msgId() == null) {
            return null;
        }
        return switch (Objects.requireNonNullElse(change.action(), "")) {
            case "recall" -> of(message, change.msgId(), null);
            case "edit" -> of(message, change.msgId(), Objects.requireNonNullElse(change.content(), ""));
            default -> null;
        };
    }

    private static MessageChanged of(Message message, long changed, @Nullable String newContent) {
        return new MessageChanged(
                message.conversation(), changed, newContent, message.senderId(), message.msgId(), message.sendTime());
    }

    public boolean isRecall() {
        return newContent == null;
    }

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "MessageChanged[" + conversation + ", changedMsgId=" + changedMsgId + ", msgId=" + msgId + "]";
    }
}
