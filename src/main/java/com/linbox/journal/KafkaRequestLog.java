package com.linbox.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private final Producer<byte[], byte[]> producer;
    private final long maxWaiting;
    private final JournalMeters meters;
    private final AtomicLong waiting = new AtomicLong();

    /**
     * @param maxWaiting how many bytes may wait for Kafka; less than the producer's own buffer, which would block or fail
     *     in less friendly ways
     */
    KafkaRequestLog(Producer<byte[], byte[]> producer, long maxWaiting, JournalMeters meters) {
        this.producer = producer;
        this.maxWaiting = maxWaiting;
        this.meters = meters;
        meters.bindWaiting(waiting);
    }

    @Override
    public void publish(Topic topic, String key, Origin origin, byte[] json, Consumer<@Nullable Exception> whenDone) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        List<Header> headers = List.of(new RecordHeader(ORIGIN_HEADER, origin.toBytes()));
        long size = RECORD_OVERHEAD + keyBytes.length + json.length;
        if (waiting.addAndGet(size) > maxWaiting) {
            waiting.addAndGet(-size);
            failed(whenDone, new JournalFullException(maxWaiting));
            return;
        }
        var record = new ProducerRecord<>(topic.topicName(), null, origin.arrivedAt(), keyBytes, json, headers);
        try {
            producer.send(record, (metadata, exception) -> {
                waiting.addAndGet(-size);
                if (exception == null) {
                    meters.published(topic);
                    whenDone.accept(null);
                } else {
                    failed(whenDone, exception);
                }
            });
        } catch (RuntimeException e) {
            waiting.addAndGet(-size);
            failed(whenDone, e);
        }
    }

    private void failed(Consumer<@Nullable Exception> whenDone, Exception cause) {
        meters.publishFailed();
        whenDone.accept(cause);
    }
}
