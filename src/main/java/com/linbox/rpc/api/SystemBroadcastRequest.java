package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param systemType what the product's clients know the kind by
 * @param content up to the server's {@code linbox.message.max-content} (16 KB) in UTF-8; null is empty
 */
public record SystemBroadcastRequest(
        Integer systemType, @Nullable String content) implements Serializable {

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "SystemBroadcastRequest[systemType=" + systemType + "]";
    }
}
