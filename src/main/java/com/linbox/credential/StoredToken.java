package com.linbox.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A token as Redis has it: a field of its user's hash, the Base64 (RFC 4648, section 5) of the token's SHA-256, whose value
 * is this.
 *
 * @param device the only device that may use it, null where any may
 */
record StoredToken(Instant expiresAt, @Nullable String device) {

    static String key(long userId) {
        return "linbox:tokens:{" + userId + "}";
    }

    static String field(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static StoredToken of(String value) {
        int space = value.indexOf(' ');
        return space < 0
                ? new StoredToken(Instant.ofEpochMilli(Long.parseLong(value)), null)
                : new StoredToken(
                        Instant.ofEpochMilli(Long.parseLong(value.substring(0, space))), value.substring(space + 1));
    }

    String value() {
        return device == null ? Long.toString(expiresAt.toEpochMilli()) : expiresAt.toEpochMilli() + " " + device;
    }

    Verdict verdict(Instant now, String usedBy) {
        if (!now.isBefore(expiresAt)) {
            return Verdict.EXPIRED;
        }
        return device == null || device.equals(usedBy) ? Verdict.ADMITTED : Verdict.OTHER_DEVICE;
    }
}
