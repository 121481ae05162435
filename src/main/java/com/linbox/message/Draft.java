package com.linbox.message;

/**
 * A message that its sender wants stored.
 *
 * @param requestId the sender's r_id: together with conversation and sender it names the message once and for all, so
 *     that a retry stores nothing
 * @param mimeType what {@code content} is, such as {@code text/plain}
 */
public record Draft(Conversation conversation, long senderId, long requestId, String mimeType, String content) {

    public Message stored(long msgId, long sendTime) {
        return new Message(conversation, senderId, requestId, msgId, mimeType, content, sendTime);
    }
}
