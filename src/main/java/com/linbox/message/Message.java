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
        long sendTime) {

    private static final int OTHER_FIELDS = 200;

    /**
     * What the message adds to a response at most, in bytes, so that pages can be cut before they are written: ordinary text
     * takes up to three bytes of UTF-8 for each UTF-16 unit.
     */
    public long sizeInResponse() {
        return OTHER_FIELDS + 3L * content.length();
    }
}
