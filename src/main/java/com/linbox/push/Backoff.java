package com.linbox.push;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait after failures: twice as long after each, up to a bound, and between half of that and all of it. Not thread-safe. */
final class Backoff {

    private final long first;
    private final long longest;
    private final DoubleSupplier random;
    private int failures;
    private long until;

    /** @param random from 0 to 1 */
    Backoff(Duration first, Duration longest, DoubleSupplier random) {
        this.first = first.toMillis();
        this.longest = longest.toMillis();
        this.random = random;
    }

    /** @param now as all times here, in milliseconds of the same clock */
    boolean isOver(long now) {
        return now >= until;
    }

    /** In a row. */
    int failures() {
        return failures;
    }

    void failed(long now) {
        long bound = longest;
        if (failures < Long.numberOfLeadingZeros(first) - 1) {
            bound = Math.min(longest, first << failures);
        }
        failures++;
        until = now + (long) (bound * (1 + random.getAsDouble()) / 2);
    }

    void succeeded() {
        failures = 0;
        until = 0;
    }
}
