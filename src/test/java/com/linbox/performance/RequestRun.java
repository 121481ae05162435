package com.linbox.performance;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** The same request over and over on a schedule that its answers cannot slow down; latencies count from when it was due. */
final class RequestRun {

    private static final int MOST_UNDER_WAY = 10_000;
    private static final int DIGITS = 3;

    private RequestRun() {}

    /** One request. */
    interface Request {

        /** @param number how many there have been before */
        CompletableFuture<?> send(long number);
    }

    /**
     * @param warmUp how long to go on before anything is measured
     * @return the latencies in nanoseconds
     * @throws IllegalStateException where a request failed
     */
    static Histogram of(int perSecond, Duration warmUp, Duration length, Request request) throws Exception {
        Histogram latencies = new SynchronizedHistogram(DIGITS);
        AtomicLong failed = new AtomicLong();
        AtomicReference<Throwable> firstFailure = new AtomicReference<>();
        Semaphore places = new Semaphore(MOST_UNDER_WAY);
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long start = System.nanoTime();
        long from = start + warmUp.toNanos();
        long until = from + length.toNanos();
        long due = start;
        for (long number = 0; due < until; number++, due += interval) {
            long left = due - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
            places.acquire();
            long itsDue = due;
            request.send(number).whenComplete((answer, failure) -> {
                if (failure != null) {
                    failed.incrementAndGet();
                    firstFailure.compareAndSet(null, failure);
                } else if (itsDue >= from) {
                    latencies.recordValue(System.nanoTime() - itsDue);
                }
                places.release();
            });
        }
        places.acquire(MOST_UNDER_WAY);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " requests failed", firstFailure.get());
        }
        return latencies;
    }
}
