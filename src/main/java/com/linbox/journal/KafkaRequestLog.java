package com.linbox.journal;

import com.linbox.tracing.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** {@link RequestLog} over one idempotent Kafka producer. */
final class KafkaRequestLog implements RequestLog {

    static final String ORIGIN_HEADER = "o";

    private static final int RECORD_OVERHEAD = 128;

    /** Congestion begins above this share of the limit: what connections have read already still finds room. */
    private static final double HIGH_WATER = 0.75;

    /** And ends at this one. */
    private static final double LOW_WATER = 0.5;

    private final Producer<byte[], byte[]> producer;
    private final long maxWaiting;
    private final long highWater;
    private final long lowWater;
    private final JournalMeters meters;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean congested = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param maxWaiting how many bytes may wait for Kafka; less than the producer's own buffer, which would block or fail
     *     in less friendly ways
     */
    KafkaRequestLog(Producer<byte[], byte[]> producer, long maxWaiting, JournalMeters meters) {
        this.producer = producer;
        this.maxWaiting = maxWaiting;
        this.highWater = (long) (maxWaiting * HIGH_WATER);
        this.lowWater = (long) (maxWaiting * LOW_WATER);
        this.meters = meters;
        meters.bindWaiting(waiting);
    }

    @Override
    public void publish(Topic topic, String key, Origin origin, byte[] json, Consumer<@Nullable Exception> whenDone) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        List<Header> headers = headers(origin);
        long size = RECORD_OVERHEAD + keyBytes.length + json.length;
        if (!admit(size)) {
            failed(whenDone, new JournalFullException(maxWaiting));
            return;
        }
        var record = new ProducerRecord<>(topic.topicName(), null, origin.arrivedAt(), keyBytes, json, headers);
        long began = System.nanoTime();
        try {
            producer.send(record, (metadata, exception) -> {
                done(size);
                if (exception == null) {
                    meters.published(topic, System.nanoTime() - began);
                    whenDone.accept(null);
                } else {
                    failed(whenDone, exception);
                }
            });
        } catch (RuntimeException e) {
            done(size);
            failed(whenDone, e);
        }
    }

    private static List<Header> headers(Origin origin) {
        Header where = new RecordHeader(ORIGIN_HEADER, origin.toBytes());
        TraceContext trace = origin.trace();
        return trace == null
                ? List.of(where)
                : List.of(
                        where,
                        new RecordHeader(
                                TraceContext.HEADER, trace.traceparent().getBytes(StandardCharsets.US_ASCII)));
    }

    private boolean admit(long size) {
        long now = waiting.addAndGet(size);
        boolean admitted = now <= maxWaiting;
        if (now > highWater) {
            congested.set(true);
        }
        if (!admitted) {
            waiting.addAndGet(-size);
        }
        // All that waited may have been taken since, with nobody left to end the congestion.
        relieve();
        return admitted;
    }

    private void done(long size) {
        waiting.addAndGet(-size);
        relieve();
    }

    private void relieve() {
        if (congested.get() && waiting.get() <= lowWater && congested.compareAndSet(true, false)) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public boolean isCongested() {
        return congested.get();
    }

    @Override
    public void onRelief(Runnable listener) {
        listeners.add(listener);
    }

    private void failed(Consumer<@Nullable Exception> whenDone, Exception cause) {
        meters.publishFailed();
        whenDone.accept(cause);
    }
}
