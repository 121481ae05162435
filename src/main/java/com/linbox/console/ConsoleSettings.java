package com.linbox.console;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The operator's console.
 *
 * @param secret what operators sign in with, 16 to 256 characters; with it a role has the console. Stand-alone without one makes a new
 *     one at each start and prints it
 * @param sessionLifetime after how long an operator has to sign in again
 */
@Validated
@ConfigurationProperties("linbox.console")
record ConsoleSettings(
        @Nullable String secret, @DefaultValue("12h") Duration sessionLifetime) {

    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 256;
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

    ConsoleSettings {
        secret = secret == null || secret.isEmpty() ? null : secret;
        if (secret != null && (secret.length() < SHORTEST_SECRET || secret.length() > LONGEST_SECRET)) {
            throw new IllegalArgumentException("secret: %d characters (expected: %d..%d)"
                    .formatted(secret.length(), SHORTEST_SECRET, LONGEST_SECRET));
        }
        if (sessionLifetime.compareTo(Duration.ofMinutes(1)) < 0 || sessionLifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "session-lifetime: " + sessionLifetime + " (expected: PT1M.." + LONGEST_LIFETIME + ")");
        }
    }

    /** Without the secret, which must never reach a log. */
    @Override
    public String toString() {
        return "ConsoleSettings[sessionLifetime=" + sessionLifetime + "]";
    }
}
