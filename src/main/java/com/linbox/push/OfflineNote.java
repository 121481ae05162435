package com.linbox.push;

import com.linbox.message.Conversation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a message has found these users offline, as the topic {@code linbox.offline} carries it, in JSON. Whether they are told
 * is not decided yet.
 *
 * @param conversation its key
 * @param preview what an event may show of the message
 * @param sendTime when the message was stored, in milliseconds since the epoch
 */
record OfflineNote(
        List<Long> recipients,
        long sender,
        String conversation,
        long msgId,
        String mimeType,
        String preview,
        long sendTime) {

    /** The event for one of the recipients. */
    PushEvent event(long recipient, @Nullable Long badge) {
        Conversation told = Conversation.ofKey(conversation);
        return new PushEvent(
                conversation + "/" + msgId + "/" + recipient,
                Long.toString(recipient),
                Long.toString(sender),
                told.type().code(),
                told.remoteOf(recipient),
                told.groupText(),
                msgId,
                mimeType,
                preview,
                sendTime,
                badge);
    }

    /** Without the preview, which must never reach a log. */
    @Override
    public String toString() {
        return "OfflineNote[" + recipients.size() + " recipients, conversation=" + conversation + ", msgId=" + msgId
                + "]";
    }
}
