package com.linbox.gateway;

import com.linbox.settings.ChangesWhileRunning;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one client may take of a gateway. A limit is looked up whenever it is applied, so that another value holds from
 * then on.
 *
 * @param requestRate how many requests a second each connection, and each user over all connections to this gateway, may
 *     make in the long run; more are answered with 429 and not carried out. 0: any number
 * @param requestBurst how many requests may come at once after a pause
 * @param maxRefused a connection is closed when it was answered with 429 so many times more than {@code requestRate} a
 *     second would have been: who keeps asking at more than twice the rate is cut off sooner or later, who stops is not
 * @param connectionsPerAddress how many connections one address may have, an IPv6 address standing for its /64 network;
 *     one more is closed at once. Thousands of users may share one address behind a provider's NAT; behind a load
 *     balancer without {@code linbox.gateway.proxy-protocol} all of them do, and then this must be 0. 0: any number
 * @param connections how many connections this gateway holds, signed in or not; one more is closed at once. At some 8 KB
 *     each this must suit the memory, and the limit of open files must be higher. 0: any number
 * @param maxQueued how much may wait for a client that reads slowly; beyond it the connection is closed. Holds for
 *     connections made after a change
 * @param presenceSubscriptions of how many users each connection may be told whether they are online, and how many it may
 *     ask for a second in the long run; some 50 bytes each. 0: none
 * @param closing how long a client that is told why its connection is closed may take to read it
 */
@Validated
@ConfigurationProperties("linbox.limits")
record LimitSettings(
        @ChangesWhileRunning @DefaultValue("50") @Min(0) @Max(1_000_000)
        int requestRate,

        @ChangesWhileRunning @DefaultValue("100") @Min(1) @Max(1_000_000)
        int requestBurst,

        @ChangesWhileRunning @DefaultValue("10000") @Min(1) @Max(1_000_000)
        int maxRefused,

        @ChangesWhileRunning @DefaultValue("20000") @Min(0) int connectionsPerAddress,
        @ChangesWhileRunning @DefaultValue("100000") @Min(0) int connections,
        @ChangesWhileRunning @DefaultValue("1MB") DataSize maxQueued,

        @ChangesWhileRunning @DefaultValue("500") @Min(0) @Max(2_000)
        int presenceSubscriptions,

        @ChangesWhileRunning @DefaultValue("2s") Duration closing) {

    private static final DataSize SMALLEST_QUEUE = DataSize.ofKilobytes(4);
    private static final DataSize LARGEST_QUEUE = DataSize.ofMegabytes(64);
    private static final Duration LONGEST_CLOSING = Duration.ofMinutes(1);

    LimitSettings {
        if (maxQueued.compareTo(SMALLEST_QUEUE) < 0 || maxQueued.compareTo(LARGEST_QUEUE) > 0) {
            throw new IllegalArgumentException("max-queued: " + maxQueued.toBytes() + " bytes (expected: "
                    + SMALLEST_QUEUE.toBytes() + ".." + LARGEST_QUEUE.toBytes() + ")");
        }
        if (closing.isNegative() || closing.isZero() || closing.compareTo(LONGEST_CLOSING) > 0) {
            throw new IllegalArgumentException(
                    "closing: " + closing + " (expected: > 0 and at most " + LONGEST_CLOSING + ")");
        }
    }
}
