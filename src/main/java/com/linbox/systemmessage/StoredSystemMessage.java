package com.linbox.systemmessage;

/**
 * A system message as it is kept for a user.
 *
 * @param msgId rises from message to message of one user; not without gaps
 * @param type what the product's clients know the kind by
 * @param sendTime in milliseconds since the epoch
 */
public record StoredSystemMessage(long msgId, int type, String content, long sendTime) {

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "StoredSystemMessage[msgId=" + msgId + ", type=" + type + "]";
    }
}
