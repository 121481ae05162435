package com.linbox.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What lets a user sign in.
 *
 * @param device the only device that may use it, null where any may
 * @param token to be given to the client and to nobody else; LINBOX itself keeps only its hash
 * @param expiresAt from when on nobody can sign in with it any more
 */
public record Credential(long userId, @Nullable String device, String token, Instant expiresAt) {

    /** Without the token, which must never reach a log. */
    @Override
    public String toString() {
        return "Credential[userId=" + userId + ", device=" + device + ", expiresAt=" + expiresAt + "]";
    }
}
