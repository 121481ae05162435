package com.linbox.rpc.api;

import java.io.Serializable;

/**
 * @param requestId by which its sender named it
 * @param msgId its place in the conversation: 1, 2, 3, …
 * @param sendTime when it was stored
 */
public record StoredMessage(
        String senderId, String requestId, long msgId, String mimeType, String content, long sendTime)
        implements Serializable {

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "StoredMessage[senderId=" + senderId + ", requestId=" + requestId + ", msgId=" + msgId + "]";
    }
}
