package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param userIds 1 to 1000 users
 * @param systemType what the product's clients know the kind by
 * @param content up to the server's {@code linbox.message.max-content} (16 KB) in UTF-8; null is empty
 */
public record SystemMessageRequest(
        List<String> userIds, Integer systemType, @Nullable String content) implements Serializable {

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "SystemMessageRequest[userIds=" + userIds + ", systemType=" + systemType + "]";
    }
}
