package com.linbox.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Has polls give what there is now. Kafka's consumer asks the broker for more just before it hands records out, and is answered
 * with the little that came in that moment. When the batch is done that answer is old: alone, it would make a batch that is small
 * and late, and what came meanwhile would wait for the batch after it. So where a poll has its answer at once, a second one
 * follows. Not thread-safe, as consumers are not.
 */
final class FreshPolls {

    private final int most;
    private final Duration atOnce;
    private final Duration secondLook;

    /**
     * @param most how many records are given at most; each poll gives {@link #half} of that
     * @param atOnce a poll that takes longer has waited for its records, and there are no others
     * @param secondLook how long the second poll waits
     */
    FreshPolls(int most, Duration atOnce, Duration secondLook) {
        this.most = most;
        this.atOnce = atOnce;
        this.secondLook = secondLook;
    }

    /** How many records a poll of the consumer is to give at most. */
    static int half(int most) {
        return Math.max(1, most / 2);
    }

    /** @param poll the consumer's own */
    ConsumerRecords<byte[], byte[]> poll(
            Function<Duration, ConsumerRecords<byte[], byte[]>> poll,
            Supplier<Set<TopicPartition>> assignment,
            Duration timeout) {
        long began = System.nanoTime();
        ConsumerRecords<byte[], byte[]> first = poll.apply(timeout);
        boolean waited = System.nanoTime() - began > atOnce.toNanos();
        if (first.isEmpty() || waited || first.count() + half(most) > most) {
            return first;
        }
        return together(first, poll.apply(secondLook), assignment.get());
    }

    /** Without those of the first whose partitions were taken away meanwhile: others work on them now. */
    private static ConsumerRecords<byte[], byte[]> together(
            ConsumerRecords<byte[], byte[]> first,
            ConsumerRecords<byte[], byte[]> second,
            Set<TopicPartition> assigned) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(second.nextOffsets());
        for (TopicPartition partition : first.partitions()) {
            if (assigned.contains(partition)) {
                records.put(partition, new ArrayList<>(first.records(partition)));
                next.putIfAbsent(partition, first.nextOffsets().get(partition));
            }
        }
        for (TopicPartition partition : second.partitions()) {
            records.computeIfAbsent(partition, nothing -> new ArrayList<>()).addAll(second.records(partition));
        }
        return new ConsumerRecords<>(records, next);
    }
}
