package com.linbox.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records into the dead-letter topic, their headers kept, with headers that say where they stood and what failed. */
final class KafkaDeadLetters implements DeadLetters {

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
    public void bury(JournalRecord record, Exception cause) {
        bury(record.source(), cause);
    }

    void bury(ConsumerRecord<byte[], byte[]> source, Exception cause) {
        var dead = new ProducerRecord<>(
                Topic.DEAD.topicName(), null, source.timestamp(), source.key(), source.value(), source.headers());
        String place = source.topic() + "-" + source.partition() + "@" + source.offset();
        dead.headers().add("linbox.place", place.getBytes(StandardCharsets.UTF_8));
        dead.headers().add("linbox.cause", cause.toString().getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(dead).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + place + " was put aside", e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new IllegalStateException(place + " could not be put aside", e);
        }
        meters.dead();
        log.error("Put {} aside in {}: it can never be handled", place, Topic.DEAD.topicName(), cause);
    }
}
