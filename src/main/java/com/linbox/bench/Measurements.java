package com.linbox.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * What is counted. Times are nanoseconds of this process's clock since the run began. A latency counts from the time a
 * message was <em>to be</em> sent, which corrects for coordinated omission: a server that stalls delays messages that
 * could not even be sent meanwhile. Thread-safe.
 */
final class Measurements {

    private static final int DIGITS = 3;

    /** One second for the eye: everything, warm-up included. */
    record Second(long sent, long stored, long delivered, Histogram toStored, Histogram toDelivered) {}

    private final long epoch = System.nanoTime();
    private final Recorder secondToStored = new Recorder(DIGITS);
    private final Recorder secondToDelivered = new Recorder(DIGITS);
    private final Recorder toStored = new Recorder(DIGITS);
    private final Recorder toDelivered = new Recorder(DIGITS);

    private final LongAdder sentNow = new LongAdder();
    private final LongAdder storedNow = new LongAdder();
    private final LongAdder deliveredNow = new LongAdder();

    /** Of the messages that were to be sent while measuring. */
    private final LongAdder sent = new LongAdder();

    private final LongAdder stored = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    /** What happened while measuring, whenever it was sent. */
    private final LongAdder storedWithin = new LongAdder();

    private final LongAdder deliveredWithin = new LongAdder();
    private final LongAdder outOfOrder = new LongAdder();
    private final LongAdder connectionsLost = new LongAdder();
    private final Map<Integer, LongAdder> refused = new ConcurrentSkipListMap<>();

    private volatile long from = Long.MAX_VALUE;
    private volatile long until = Long.MAX_VALUE;

    long now() {
        return System.nanoTime() - epoch;
    }

    void measure(long fromNanos, long untilNanos) {
        from = fromNanos;
        until = untilNanos;
    }

    void sent(long due) {
        sentNow.increment();
        if (isMeasured(due)) {
            sent.increment();
        }
    }

    void stored(long due) {
        long now = now();
        storedNow.increment();
        secondToStored.recordValue(now - due);
        if (isMeasured(now)) {
            storedWithin.increment();
        }
        if (isMeasured(due)) {
            stored.increment();
            toStored.recordValue(now - due);
        }
    }

    void delivered(long due) {
        long now = now();
        deliveredNow.increment();
        secondToDelivered.recordValue(now - due);
        if (isMeasured(now)) {
            deliveredWithin.increment();
        }
        if (isMeasured(due)) {
            delivered.increment();
            toDelivered.recordValue(now - due);
        }
    }

    void outOfOrder() {
        outOfOrder.increment();
    }

    void connectionLost() {
        connectionsLost.increment();
    }

    void refused(int status) {
        refused.computeIfAbsent(status, key -> new LongAdder()).increment();
    }

    long delivered() {
        return delivered.sum();
    }

    long stored() {
        return stored.sum();
    }

    /** What happened since this was called last; to be called by one thread. */
    Second second() {
        return new Second(
                sentNow.sumThenReset(),
                storedNow.sumThenReset(),
                deliveredNow.sumThenReset(),
                secondToStored.getIntervalHistogram(),
                secondToDelivered.getIntervalHistogram());
    }

    /**
     * To be called once, at the end.
     *
     * @param ownCpuNanos what this process used of the processor while measuring
     * @param group what became of the large group's messages, null where there was none
     */
    BenchReport report(BenchSettings settings, long unanswered, long ownCpuNanos, @Nullable GroupReport group) {
        double seconds = (double) (until - from) / TimeUnit.SECONDS.toNanos(1);
        return new BenchReport(
                BenchReport.Load.of(settings),
                sent.sum(),
                stored.sum(),
                delivered.sum(),
                storedWithin.sum() / seconds,
                deliveredWithin.sum() / seconds,
                BenchReport.Latency.of(toStored.getIntervalHistogram()),
                BenchReport.Latency.of(toDelivered.getIntervalHistogram()),
                refusedByStatus(),
                unanswered,
                outOfOrder.sum(),
                connectionsLost.sum(),
                Math.round(ownCpuNanos / 1e3 / Math.max(1, storedWithin.sum())),
                group);
    }

    private Map<Integer, Long> refusedByStatus() {
        Map<Integer, Long> counts = new TreeMap<>();
        refused.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    private boolean isMeasured(long time) {
        return time >= from && time < until;
    }
}
