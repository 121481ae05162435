package com.linbox.push;

import com.linbox.settings.ChangesWhileRunning;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is told of messages whose recipients are offline, and to whom.
 *
 * @param enabled whether anything is
 * @param previewLength how many characters of a text an event shows; 0 for none
 * @param badge whether an event says how much its recipient has not read in all
 * @param largestGroup up to how many members a group may have for its messages to be told to those who are offline
 * @param webhook where events are posted to, besides standing in the topic {@code linbox.push}
 */
@Validated
@ConfigurationProperties("linbox.push")
record PushSettings(
        @ChangesWhileRunning @DefaultValue("true") boolean enabled,

        @ChangesWhileRunning @DefaultValue("100") @Min(0) @Max(1000)
        int previewLength,

        @ChangesWhileRunning @DefaultValue("true") boolean badge,

        @ChangesWhileRunning @DefaultValue("500") @Min(0) @Max(5000)
        int largestGroup,

        @DefaultValue Webhook webhook) {

    /**
     * Where events are posted to.
     *
     * @param url an http or https URL; without it nothing is posted
     * @param secret what the events are signed with: at least 16 printable characters, no spaces; needed with a URL
     * @param plainBeyondLoopback whether an http URL may be that of another machine
     * @param batch how many events are posted at a time at most
     * @param timeout how long a post may take, its answer included
     * @param firstBackoff how long to wait after a first failure; doubled with each further one
     * @param longestBackoff the most that is waited
     * @param giveUpAfter how old an event gets, counted from its message's storing, before it is put aside undelivered; less than
     *     {@code linbox.journal.push-retention}
     */
    record Webhook(
            @Nullable String url,
            @Nullable String secret,
            @DefaultValue("false") boolean plainBeyondLoopback,
            @DefaultValue("100") int batch,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("1s") Duration firstBackoff,
            @DefaultValue("1m") Duration longestBackoff,
            @DefaultValue("24h") Duration giveUpAfter) {

        private static final int SHORTEST_SECRET = 16;
        private static final int LARGEST_BATCH = 100;
        private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
        private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);
        private static final Duration LONGEST_LIFE = Duration.ofDays(30);

        Webhook {
            // What a file leaves empty is not there.
            url = url == null || url.isBlank() ? null : url;
            secret = secret == null || secret.isEmpty() ? null : secret;
            if (url != null) {
                checkUrl(url, plainBeyondLoopback);
                checkSecret(secret);
            }
            if (batch < 1 || batch > LARGEST_BATCH) {
                throw refused("batch", batch, "1.." + LARGEST_BATCH);
            }
            check("timeout", timeout, LONGEST_TIMEOUT);
            check("first-backoff", firstBackoff, LONGEST_BACKOFF);
            check("longest-backoff", longestBackoff, LONGEST_BACKOFF);
            check("give-up-after", giveUpAfter, LONGEST_LIFE);
            if (longestBackoff.compareTo(firstBackoff) < 0) {
                throw refused("longest-backoff", longestBackoff, "at least first-backoff, " + firstBackoff);
            }
        }

        private static void checkUrl(String url, boolean plainBeyondLoopback) {
            URI uri;
            try {
                uri = URI.create(url);
            } catch (IllegalArgumentException e) {
                // Without the text, which may hold a password.
                throw refused("url", "no URL", "http or https");
            }
            boolean plain = "http".equals(uri.getScheme());
            if (uri.getHost() == null || !plain && !"https".equals(uri.getScheme())) {
                throw refused("url", uri.getScheme() + "://…", "http or https, with a host");
            }
            if (uri.getUserInfo() != null || uri.getFragment() != null) {
                throw refused("url", "with a user or a fragment", "without either");
            }
            if (plain && !plainBeyondLoopback && !isLoopback(uri.getHost())) {
                throw refused(
                        "url",
                        "http://" + uri.getHost(),
                        "https beyond this machine, unless plain-beyond-loopback is true");
            }
        }

        private static boolean isLoopback(String host) {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false;
            }
        }

        private static void checkSecret(@Nullable String secret) {
            if (secret == null
                    || secret.length() < SHORTEST_SECRET
                    || !secret.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
                throw refused(
                        "secret",
                        secret == null ? "missing" : secret.length() + " characters",
                        "at least " + SHORTEST_SECRET + " of printable ASCII, no spaces, where there is a url");
            }
        }

        private static void check(String name, Duration value, Duration most) {
            if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
                throw refused(name, value, "1 ms to " + most);
            }
        }

        private static IllegalArgumentException refused(String name, Object value, String expected) {
            return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }

        /** Without the secret, which must never reach a log, and the URL's query, which may be one. */
        @Override
        public String toString() {
            return "Webhook[batch=" + batch + ", timeout=" + timeout + ", giveUpAfter=" + giveUpAfter + "]";
        }
    }
}
