package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param senderId the user on whose behalf it is sent
 * @param recipientId the user it is for; null for a group's
 * @param groupId the group it is for; null for a user's
 * @param requestId what names this message among all that this sender sends in this conversation, those of their clients
 *     included: a random number
 * @param mimeType printable ASCII, up to 64 characters; null for {@code text/plain}
 * @param content up to the server's {@code linbox.message.max-content} (16 KB) in UTF-8; null is empty
 * @param deadlineMillis for how many milliseconds to wait, up to the server's {@code linbox.rpc.longest-deadline}; null for
 *     its {@code linbox.rpc.deadline}
 */
public record SendRequest(
        String senderId,
        @Nullable String recipientId,
        @Nullable String groupId,
        String requestId,
        @Nullable String mimeType,
        @Nullable String content,
        @Nullable Long deadlineMillis)
        implements Serializable {

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "SendRequest[senderId=" + senderId + ", recipientId=" + recipientId + ", groupId=" + groupId
                + ", requestId=" + requestId + "]";
    }
}
