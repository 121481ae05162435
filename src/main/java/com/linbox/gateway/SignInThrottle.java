package com.linbox.gateway;

import com.linbox.credential.ClientNetwork;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows addresses down from which too many sign-ins were refused: the more of them lately, the longer the next one waits.
 * Addresses of IPv6 count by their first 64 bits, which is what one subscriber has. The addresses that were heard of last
 * are remembered, so that the memory is bounded. Thread-safe.
 */
final class SignInThrottle {

    static final int MOST_ADDRESSES = 10_000;

    /** What the first one that has to wait waits; doubled with each further refusal. */
    static final Duration FIRST_DELAY = Duration.ofMillis(100);

    private static final int DOUBLINGS = 16;

    private final int failures;
    private final long withinNanos;
    private final long longestMillis;
    private final LongSupplier nanoTime;
    private final Map<InetAddress, Refusals> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Refusals> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /**
     * @param longest no delay is longer
     * @param nanoTime as {@link System#nanoTime()}
     */
    SignInThrottle(SignInThrottleSettings settings, Duration longest, LongSupplier nanoTime) {
        this.failures = settings.failures();
        this.withinNanos = settings.within().toNanos();
        this.longestMillis = longest.toMillis();
        this.nanoTime = nanoTime;
    }

    /**
     * How many milliseconds a sign-in from there has to wait before it is looked at; 0 as a rule.
     *
     * @param address null where it is not known: that one never waits
     */
    synchronized long delayMillis(@Nullable InetAddress address) {
        Refusals refusals = address == null ? null : byAddress.get(ClientNetwork.of(address));
        if (refusals == null) {
            return 0;
        }
        int over = refusals.since(nanoTime.getAsLong() - withinNanos) - failures;
        return over < 0 ? 0 : Math.min(longestMillis, FIRST_DELAY.toMillis() << over);
    }

    /** A sign-in from there was refused. */
    synchronized void refused(@Nullable InetAddress address) {
        if (address != null && failures > 0) {
            byAddress
                    .computeIfAbsent(ClientNetwork.of(address), any -> new Refusals(failures + DOUBLINGS))
                    .add(nanoTime.getAsLong());
        }
    }

    synchronized int addresses() {
        return byAddress.size();
    }

    /** When the last ones were: a ring that grows to its limit. */
    private static final class Refusals {

        private final int most;
        private long[] times = new long[4];
        private int size;
        private int next;

        Refusals(int most) {
            this.most = most;
        }

        void add(long time) {
            if (size == times.length && size < most) {
                times = Arrays.copyOf(times, Math.min(most, 2 * size));
                next = size;
            }
            times[next] = time;
            next = (next + 1) % times.length;
            size = Math.min(size + 1, times.length);
        }

        int since(long time) {
            int count = 0;
            for (int i = 0; i < size; i++) {
                if (times[i] - time > 0) {
                    count++;
                }
            }
            return count;
        }
    }
}
