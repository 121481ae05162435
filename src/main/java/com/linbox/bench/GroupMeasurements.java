package com.linbox.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts who of a group has heard which message, and when. Thread-safe. */
final class GroupMeasurements {

    private static final int DIGITS = 3;

    private final Measurements clock;
    private final int listeners;
    private final Map<Long, Heard> measured = new ConcurrentHashMap<>();
    private final Recorder toOne = new Recorder(DIGITS);
    private final LongAdder refused = new LongAdder();
    private final LongAdder connectionsLost = new LongAdder();
    private volatile long from = Long.MAX_VALUE;
    private volatile long until = Long.MAX_VALUE;

    /** @param listeners how many are to hear each message */
    GroupMeasurements(Measurements clock, int listeners) {
        this.clock = clock;
        this.listeners = listeners;
    }

    void measure(long fromNanos, long untilNanos) {
        from = fromNanos;
        until = untilNanos;
    }

    /** @param due when the message was to be sent */
    void sent(long number, long due) {
        if (due >= from && due < until) {
            measured.put(number, new Heard(due));
        }
    }

    void heard(long number) {
        Heard message = measured.get(number);
        if (message != null) {
            long time = clock.now() - message.due;
            toOne.recordValue(time);
            message.by(time);
        }
    }

    void refused() {
        refused.increment();
    }

    void connectionLost() {
        connectionsLost.increment();
    }

    /** Whether everything sent has been heard by all. */
    boolean isComplete() {
        return measured.values().stream().allMatch(message -> message.times() >= listeners);
    }

    GroupReport report(BenchSettings settings) {
        Histogram toAll = new Histogram(DIGITS);
        long deliveries = 0;
        long missing = 0;
        long twice = 0;
        for (Heard message : measured.values()) {
            long times = message.times();
            deliveries += times;
            missing += Math.max(0, listeners - times);
            twice += Math.max(0, times - listeners);
            toAll.recordValue(message.slowest());
        }
        return new GroupReport(
                settings.groupMembers(),
                settings.groupOnline(),
                settings.groupRate(),
                measured.size(),
                deliveries,
                missing,
                twice,
                refused.sum(),
                connectionsLost.sum(),
                BenchReport.Latency.of(toOne.getIntervalHistogram()),
                BenchReport.Latency.of(toAll));
    }

    /** One message's. */
    private static final class Heard {

        private final long due;
        private long times;
        private long slowest;

        Heard(long due) {
            this.due = due;
        }

        synchronized void by(long time) {
            times++;
            slowest = Math.max(slowest, time);
        }

        synchronized long times() {
            return times;
        }

        synchronized long slowest() {
            return slowest;
        }
    }
}
