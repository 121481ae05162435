package com.linbox.gateway;

import com.linbox.settings.ChangesWhileRunning;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The server that clients connect to.
 *
 * @param host the address to listen on
 * @param port the TCP port to listen on; 0 picks a free one
 * @param advertisedHost the address that clients are told to connect to, where it is not {@code host}
 * @param proxyProtocol whether every connection begins with a header of the PROXY protocol, version 1 or 2, as load
 *     balancers write it where told to; connections without one are then closed. Only where nobody but the load balancer
 *     reaches the port, for the header is believed
 * @param v1 whether clients may speak protocol version 1, whose encryption has known weaknesses; switched off, it also
 *     ends the connections that speak it
 * @param v1Key the pass phrase of protocol version 1 that all clients share, 16 or 32 characters
 * @param maxFrame the longest content of a frame
 * @param maxFrameBeforeSignIn the longest content of a frame of a client that has not signed in
 * @param authTimeout how long a client may take to ask to be signed in
 * @param idleTimeout after how long a silent connection is closed
 * @param drain within which time clients are to leave a gateway that stops, each after a random part of it; few clients are
 *     given less. The stop itself may take some 9 seconds more; 0 s sends everybody away at once
 * @param threads how many threads serve connections; 0 is one for each processor
 */
@Validated
@ConfigurationProperties("linbox.gateway")
record GatewaySettings(
        @DefaultValue("127.0.0.1") @NotBlank String host,
        @DefaultValue("9502") @Min(0) @Max(65_535) int port,
        @Nullable String advertisedHost,
        @DefaultValue("false") boolean proxyProtocol,
        @ChangesWhileRunning @DefaultValue("true") boolean v1,
        @DefaultValue("medtree-im-passw") String v1Key,
        @DefaultValue("64KB") DataSize maxFrame,
        @DefaultValue("4KB") DataSize maxFrameBeforeSignIn,
        @DefaultValue("5s") Duration authTimeout,
        @ChangesWhileRunning @DefaultValue("60s") Duration idleTimeout,
        @ChangesWhileRunning @DefaultValue("10s") Duration drain,
        @DefaultValue("0") @Min(0) @Max(1024) int threads) {

    private static final DataSize SMALLEST_FRAME = DataSize.ofBytes(256);
    private static final DataSize LARGEST = DataSize.ofMegabytes(64);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(10);

    GatewaySettings {
        int keyLength = v1Key.getBytes(StandardCharsets.UTF_8).length;
        if (keyLength != 16 && keyLength != 32) {
            throw new IllegalArgumentException("v1-key: " + keyLength + " bytes (expected: 16 or 32)");
        }
        within("max-frame", maxFrame);
        within("max-frame-before-sign-in", maxFrameBeforeSignIn);
        positive("auth-timeout", authTimeout);
        positive("idle-timeout", idleTimeout);
        if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: 0s.." + LONGEST_DRAIN + ")");
        }
    }

    private static void within(String name, DataSize size) {
        if (size.compareTo(SMALLEST_FRAME) < 0 || size.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + size.toBytes() + " bytes (expected: "
                    + SMALLEST_FRAME.toBytes() + ".." + LARGEST.toBytes() + ")");
        }
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: > 0)");
        }
    }

    /** Without the key, which must never reach a log. */
    @Override
    public String toString() {
        return "GatewaySettings[host=" + host + ", port=" + port + "]";
    }
}
