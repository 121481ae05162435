package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param operatorId on whose behalf: one of the two in a conversation of two, anybody in a group
 * @param partnerId the other of the two; null for a group's
 * @param groupId the group; null for a user's
 * @param msgId which message
 * @param requestId what names this call among all that the operator sends or does in this conversation: a random number
 * @param content the new one, up to the server's {@code linbox.message.max-content} (16 KB) in UTF-8
 * @param deadlineMillis as in {@link SendRequest}
 */
public record EditRequest(
        String operatorId,
        @Nullable String partnerId,
        @Nullable String groupId,
        Long msgId,
        String requestId,
        String content,
        @Nullable Long deadlineMillis)
        implements Serializable {

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "EditRequest[operatorId=" + operatorId + ", partnerId=" + partnerId + ", groupId=" + groupId + ", msgId="
                + msgId + ", requestId=" + requestId + "]";
    }
}
