package com.linbox.journal;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that one thread has read and not settled. They may be settled in any order; Kafka is told of those before which
 * nothing waits. Not thread-safe.
 */
public final class Waiting {

    private final Set<JournalRecord> records = new LinkedHashSet<>();
    private final Map<TopicPartition, Long> readUpTo = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    Waiting() {}

    /** In the order in which they were read, which within a partition is that in which they were published. */
    public List<JournalRecord> records() {
        return List.copyOf(records);
    }

    public int size() {
        return records.size();
    }

    /** Done with: it does not come again, unless this process ends before Kafka knows. */
    public void settle(Collection<JournalRecord> done) {
        done.forEach(records::remove);
    }

    void add(JournalRecord record) {
        records.add(record);
    }

    /** @param next the offset after the last record that was read */
    void read(TopicPartition partition, long next) {
        readUpTo.put(partition, next);
    }

    /** Another thread has them now. */
    void forget(Collection<TopicPartition> partitions) {
        records.removeIf(record -> partitions.contains(partition(record)));
        partitions.forEach(readUpTo::remove);
        partitions.forEach(committed::remove);
    }

    /** Up to where everything is settled, where that is further than Kafka knows. */
    Map<TopicPartition, OffsetAndMetadata> settled() {
        Map<TopicPartition, Long> ends = new HashMap<>(readUpTo);
        for (JournalRecord record : records) {
            ends.merge(partition(record), record.source().offset(), Math::min);
        }
        Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
        ends.forEach((partition, end) -> {
            if (!end.equals(committed.get(partition))) {
                news.put(partition, new OffsetAndMetadata(end));
            }
        });
        return news;
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }

    private static TopicPartition partition(JournalRecord record) {
        return new TopicPartition(record.source().topic(), record.source().partition());
    }
}
