package com.linbox.console;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operators who have signed in. In memory alone, so that they end with the process, and by the hashes of their tokens, so that nothing
 * that is found there lets anybody in. Thread-safe.
 */
final class ConsoleSessions {

    /** Of more, the one that signed in first has to do so again. */
    static final int MOST = 100;

    private static final int TOKEN_BYTES = 32;
    private static final int SHOWN = 12;

    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<String, Long> endsByHash = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    ConsoleSessions(Duration lifetime, Clock clock, SecureRandom random) {
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
    }

    /** @return a token of 256 random bits, by which the session is known from now on */
    synchronized String begin() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        endsByHash.values().removeIf(end -> end <= clock.millis());
        endsByHash.put(hash(token), clock.millis() + lifetime.toMillis());
        return token;
    }

    /** How the session of a token is called in the audit log; null where there is none, or none any more. */
    synchronized @Nullable String nameOf(String token) {
        String hash = hash(token);
        Long end = endsByHash.get(hash);
        return end == null || end <= clock.millis() ? null : hash.substring(0, SHOWN);
    }

    synchronized void end(String token) {
        endsByHash.remove(hash(token));
    }

    synchronized int size() {
        return endsByHash.size();
    }

    Duration lifetime() {
        return lifetime;
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(ConsoleSecret.sha256(token));
    }
}
