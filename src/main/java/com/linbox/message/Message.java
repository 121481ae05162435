package com.linbox.message;

/**
 * A stored message.
 *
 * @param requestId the sender's r_id
 * @param msgId the place in the conversation: 1, 2, 3, … without gaps
 * @param sendTime when it was stored, in milliseconds since the epoch
 */
public record Message(
        Conversation conversation,
        long senderId,
        long requestId,
        long msgId,
        String mimeType,
        String content,
        long sendTime) {}
