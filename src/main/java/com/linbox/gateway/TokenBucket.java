package com.linbox.gateway;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket without a timer: it remembers until when what was taken is not made up for yet (the generic cell rate
 * algorithm of ITU-T I.371). Rate and size are the caller's and may differ from call to call. Thread-safe.
 */
final class TokenBucket {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong owedUntil;

    /** A full bucket. @param now by {@link System#nanoTime()} or the like, as in every later call */
    TokenBucket(long now) {
        owedUntil = new AtomicLong(now);
    }

    /**
     * Takes one token, unless there is none.
     *
     * @param perSecond how many come in each second, at least 1
     * @param size how many it holds, at least 1
     */
    boolean tryTake(long now, int perSecond, int size) {
        return tryTake(now, perSecond, size, 1);
    }

    /** Takes so many tokens, or none of them. */
    boolean tryTake(long now, int perSecond, int size, int tokens) {
        long interval = SECOND / perSecond;
        while (true) {
            long before = owedUntil.get();
            long owed = Math.max(0, before - now) + interval * tokens;
            if (owed > interval * size) {
                return false;
            }
            if (owedUntil.compareAndSet(before, now + owed)) {
                return true;
            }
        }
    }

    /** Whether it is full, as a new one would be. */
    boolean isFull(long now) {
        return owedUntil.get() - now <= 0;
    }
}
