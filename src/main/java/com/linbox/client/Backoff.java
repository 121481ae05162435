package com.linbox.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses that double up to a limit. Each is drawn from the upper half of its range, so that clients that lost the same
 * server do not come back in one instant.
 */
final class Backoff {

    private final long minNanos;
    private final long maxNanos;
    private int attempts;

    Backoff(Duration min, Duration max) {
        this.minNanos = min.toNanos();
        this.maxNanos = max.toNanos();
    }

    void reset() {
        attempts = 0;
    }

    long nextNanos() {
        return nanosAfter(attempts++, minNanos, maxNanos);
    }

    static long nanosAfter(int attempts, long minNanos, long maxNanos) {
        long whole = Math.min(maxNanos, minNanos << Math.min(attempts, 20));
        if (whole <= 0) {
            whole = maxNanos;
        }
        return whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1);
    }
}
