package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The content of the message that tells of a change to an earlier one.
 *
 * @param action {@code recall} or {@code edit}
 * @param msgId the earlier message's
 * @param content its new content, where it was edited
 */
public record MessageChange(
        @Nullable String action,
        @Nullable Long msgId,
        @Nullable String content) {

    /** What the types of everything that the server itself says begin with; no client sends such. */
    public static final String OWN_TYPES = "application/vnd.linbox.";

    static final String RECALL = "recall";
    static final String EDIT = "edit";

    /** The {@code mime_type} of such a message. */
    public static final String MIME_TYPE = "application/vnd.linbox.message-change+json";

    /** The {@code mime_type} that a recalled message has in the history; its content is empty. */
    public static final String RECALLED = "application/vnd.linbox.recalled";

    /** Reads a message's content; null where it tells of no change. */
    public static @Nullable MessageChange ofJson(String content) {
        return PacketJson.valueOf(content, MessageChange.class);
    }

    /**
     * The wire's name of what is done.
     *
     * @param content the new one; null to recall the message
     */
    public static String actionOf(@Nullable String content) {
        return content == null ? RECALL : EDIT;
    }

    /** As a message's content. */
    public String json() {
        return PacketJson.text(this);
    }

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "MessageChange[action=" + action + ", msgId=" + msgId + "]";
    }
}
