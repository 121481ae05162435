package com.linbox.credential;

import java.time.Instant;

/**
 * A user's own key of protocol version 1.
 *
 * @param base64 the text that stands for 16 or 32 bytes, as the protocol has it
 * @param expiresAt from when on nobody can sign in with it any more
 */
public record ContentKey(String base64, Instant expiresAt) {

    /** Without the key, which must never reach a log. */
    @Override
    public String toString() {
        return "ContentKey[expiresAt=" + expiresAt + "]";
    }
}
