package com.linbox.journal;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a consumer thread has come in its partitions, as long as Kafka has not confirmed it. The container forgets a commit
 * once it is sent, and Kafka refuses those that come in the middle of a rebalance: without this, whoever gets a partition does
 * again what was worked off last. Not thread-safe, as consumers are not.
 */
final class WorkedOff {

    private static final Logger log = LoggerFactory.getLogger(WorkedOff.class);

    /** How long the others' work waits for a commit at most; without it they do some of it again, which changes nothing. */
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(2);

    /** By partition, the offset after the last record worked off. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /** These were worked off, and all before them. */
    void add(List<? extends ConsumerRecord<?, ?>> records) {
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<?, ?> record = records.get(i);
            // Those of a partition come one after the other.
            if (i + 1 == records.size() || records.get(i + 1).partition() != record.partition()) {
                next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
        }
    }

    /** Kafka has answered to a commit; to be called by whoever commits these offsets. */
    void answered(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        if (failure != null) {
            log.debug("{} is not committed yet", offsets, failure);
            return;
        }
        offsets.forEach((partition, offset) ->
                next.computeIfPresent(partition, (same, worked) -> worked <= offset.offset() ? null : worked));
    }

    /**
     * After a rebalance: commits what is not confirmed of the partitions that it has kept, and returns at once.
     *
     * @param assigned those that it has got in addition, of which others may have come further than it had once
     */
    void commitKept(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        next.keySet().retainAll(consumer.assignment());
        lost(assigned);
        Map<TopicPartition, OffsetAndMetadata> offsets = of(next.keySet());
        if (!offsets.isEmpty()) {
            OffsetCommitCallback answered = this::answered;
            consumer.commitAsync(offsets, answered);
        }
    }

    /** Commits what is not confirmed of partitions that others get now, and waits for it. */
    void handOver(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = of(partitions);
        if (!offsets.isEmpty()) {
            try {
                consumer.commitSync(offsets, LONGEST_COMMIT);
            } catch (KafkaException e) {
                log.debug("{} is not committed before others take over", offsets, e);
            }
        }
        lost(partitions);
    }

    /** Others have these partitions. */
    void lost(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
    }

    private Map<TopicPartition, OffsetAndMetadata> of(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Long offset = next.get(partition);
            if (offset != null) {
                offsets.put(partition, new OffsetAndMetadata(offset));
            }
        }
        return offsets;
    }
}
