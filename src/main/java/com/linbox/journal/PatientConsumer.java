package com.linbox.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of one {@link PatientHandler}. It goes on polling while records wait, so that Kafka never takes the thread for dead,
 * and reads on until {@link #MOST_WAITING} wait.
 */
final class PatientConsumer implements Runnable, ConsumerRebalanceListener {

    static final int MOST_WAITING = 1_000;

    private static final Logger log = LoggerFactory.getLogger(PatientConsumer.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Topic topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Function<ConsumerRecord<byte[], byte[]>, @Nullable JournalRecord> reader;
    private final PatientHandler handler;
    private final JournalMeters meters;
    private final Waiting waiting = new Waiting();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean failing;

    /** @param reader null for a record that is of no use */
    PatientConsumer(
            Topic topic,
            Consumer<byte[], byte[]> consumer,
            Function<ConsumerRecord<byte[], byte[]>, @Nullable JournalRecord> reader,
            PatientHandler handler,
            JournalMeters meters) {
        this.topic = topic;
        this.consumer = consumer;
        this.reader = reader;
        this.handler = handler;
        this.meters = meters;
    }

    /** Lets the thread end within a fraction of a second, or when its handler returns. */
    void stop() {
        stopping.countDown();
    }

    @Override
    public void run() {
        try (consumer;
                handler) {
            consumer.subscribe(List.of(topic.topicName()), this);
            Duration patience = TICK;
            while (stopping.getCount() > 0) {
                patience = turn(patience);
            }
        } catch (KafkaException e) {
            // Whoever gets these partitions next begins after what was settled last, or a little before it.
            log.debug("{}: not everything settled could be committed", topic.topicName(), e);
        }
    }

    /** @return how long the next turn may wait for further records */
    private Duration turn(Duration patience) {
        try {
            read(consumer.poll(patience));
            int before = waiting.size();
            if (before > 0) {
                handler.handle(waiting);
            }
            commit();
            failing = false;
            return waiting.size() < before ? Duration.ZERO : TICK;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("{} records of {} wait until this is over", waiting.size(), topic.topicName(), e);
            }
            failing = true;
            meters.retried(topic);
            pause();
            return TICK;
        }
    }

    private void read(ConsumerRecords<byte[], byte[]> records) {
        readable(records).forEach(waiting::add);
        records.nextOffsets().forEach((partition, next) -> waiting.read(partition, next.offset()));
        if (!records.isEmpty()) {
            meters.batch(topic, records.count());
        }
        if (waiting.size() < MOST_WAITING) {
            consumer.resume(consumer.paused());
        } else {
            consumer.pause(consumer.assignment());
        }
    }

    private List<JournalRecord> readable(ConsumerRecords<byte[], byte[]> records) {
        List<JournalRecord> readable = new ArrayList<>(records.count());
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                JournalRecord read = reader.apply(record);
                if (read != null) {
                    readable.add(read);
                }
            }
        } catch (RuntimeException e) {
            // All of them again, or some would be passed over.
            records.partitions()
                    .forEach(partition -> consumer.seek(
                            partition, records.records(partition).get(0).offset()));
            throw e;
        }
        return readable;
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> settled = waiting.settled();
        if (!settled.isEmpty()) {
            consumer.commitSync(settled);
            waiting.committed(settled);
        }
    }

    private void pause() {
        try {
            if (stopping.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("{}: ends while something fails", topic.topicName());
            }
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Their records come.
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            commit();
        } catch (KafkaException e) {
            log.debug("{}: not committed before others take over", topic.topicName(), e);
        }
        waiting.forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        waiting.forget(partitions);
    }
}
