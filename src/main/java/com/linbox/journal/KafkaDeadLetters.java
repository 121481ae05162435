package com.linbox.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records into the dead-letter topic, their headers kept, with headers that say where they stood and what failed. */
final class KafkaDeadLetters implements DeadLetters {

    /** {@code topic-partition@offset}, as text. */
    static final String PLACE_HEADER = "linbox.place";

    static final String CAUSE_HEADER = "linbox.cause";

    /** When it was put aside, in milliseconds since the epoch, as text: the record's own time is that of its arrival. */
    static final String BURIED_HEADER = "linbox.buried";

    private static final Logger log = LoggerFactory.getLogger(KafkaDeadLetters.class);

    private final Producer<byte[], byte[]> producer;
    private final Duration timeout;
    private final JournalMeters meters;

    KafkaDeadLetters(Producer<byte[], byte[]> producer, Duration timeout, JournalMeters meters) {
        this.producer = producer;
        this.timeout = timeout;
        this.meters = meters;
    }

    @Override
    public void bury(JournalRecord record, Throwable cause) {
        bury(record.source(), cause);
    }

    @Override
    public void bury(Collection<JournalRecord> records, Throwable cause) {
        List<Future<RecordMetadata>> underway = new ArrayList<>(records.size());
        for (JournalRecord record : records) {
            underway.add(send(record.source(), cause));
        }
        String places = records.size() + " records, among them "
                + place(records.iterator().next().source());
        underway.forEach(sent -> await(sent, places));
        records.forEach(record -> meters.dead());
        log.error("Put {} aside in {}", places, Topic.DEAD.topicName(), cause);
    }

    void bury(ConsumerRecord<byte[], byte[]> source, Throwable cause) {
        String place = place(source);
        await(send(source, cause), place);
        meters.dead();
        log.error("Put {} aside in {}: it can never be handled", place, Topic.DEAD.topicName(), cause);
    }

    private static String place(ConsumerRecord<byte[], byte[]> source) {
        return source.topic() + "-" + source.partition() + "@" + source.offset();
    }

    private Future<RecordMetadata> send(ConsumerRecord<byte[], byte[]> source, Throwable cause) {
        var dead = new ProducerRecord<>(
                Topic.DEAD.topicName(), null, source.timestamp(), source.key(), source.value(), source.headers());
        dead.headers().add(PLACE_HEADER, place(source).getBytes(StandardCharsets.UTF_8));
        dead.headers().add(CAUSE_HEADER, cause.toString().getBytes(StandardCharsets.UTF_8));
        dead.headers()
                .add(BURIED_HEADER, Long.toString(System.currentTimeMillis()).getBytes(StandardCharsets.US_ASCII));
        try {
            return producer.send(dead);
        } catch (RuntimeException e) {
            throw new IllegalStateException(place(source) + " could not be put aside", e);
        }
    }

    private void await(Future<RecordMetadata> sent, String place) {
        try {
            sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + place + " was put aside", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(place + " could not be put aside", e);
        }
    }
}
