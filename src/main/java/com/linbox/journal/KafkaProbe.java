package com.linbox.journal;

import com.linbox.health.Engine;
import com.linbox.health.EngineProbe;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TopicDescription;

/** Asks a broker for the topics, and sees whether each partition has a leader: a broker that answers is not enough to write. */
final class KafkaProbe implements EngineProbe {

    private static final List<String> TOPICS =
            Arrays.stream(Topic.values()).map(Topic::topicName).toList();

    private final JournalAdmin admin;

    KafkaProbe(JournalAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Engine engine() {
        return Engine.KAFKA;
    }

    @Override
    public void ask(Duration atMost) throws Exception {
        var topics = admin.get().describeTopics(TOPICS).allTopicNames().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        for (TopicDescription topic : topics.values()) {
            long leaderless = topic.partitions().stream()
                    .filter(partition ->
                            partition.leader() == null || partition.leader().isEmpty())
                    .count();
            if (leaderless > 0) {
                throw new IllegalStateException("%s: %d of %d partitions have no leader"
                        .formatted(topic.name(), leaderless, topic.partitions().size()));
            }
        }
    }
}
