package com.linbox.journal;

import com.linbox.health.AbsentEngineException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are absent. */
final class Topics {

    private static final Logger log = LoggerFactory.getLogger(Topics.class);

    private Topics() {}

    /**
     * Returns when every topic is there.
     *
     * @throws AbsentEngineException where Kafka did not answer within {@link JournalSettings#startTimeout()}
     * @throws IllegalStateException where it refuses
     */
    static void createAbsent(Map<String, Object> adminProperties, JournalSettings settings) {
        String brokers = String.valueOf(adminProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        try (Admin admin = Admin.create(adminProperties)) {
            for (Topic topic : Topic.values()) {
                create(admin, topic, settings, deadline, brokers);
            }
        }
    }

    private static void create(Admin admin, Topic topic, JournalSettings settings, long deadline, String brokers) {
        var wanted = new NewTopic(topic.topicName(), settings.partitions(), settings.replication())
                .configs(properties(topic, settings));
        for (boolean warned = false; ; warned = true) {
            KafkaFuture<Void> created =
                    admin.createTopics(Arrays.asList(wanted)).all();
            try {
                created.get();
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for Kafka", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    return;
                }
                if (!(e.getCause() instanceof RetriableException)) {
                    throw new IllegalStateException(
                            "Kafka: topic " + topic.topicName() + " could not be created: " + e.getCause(), e);
                }
                if (System.nanoTime() > deadline) {
                    throw new AbsentEngineException(
                            "spring.kafka.bootstrap-servers", brokers, settings.startTimeout(), e);
                }
                if (!warned) {
                    log.warn(
                            "Waiting for Kafka, up to {}: {}",
                            settings.startTimeout(),
                            e.getCause().toString());
                }
                pause(Duration.ofMillis(500));
            }
        }
    }

    /** Everything but the events for others is kept for as long as the broker keeps things anyhow. */
    static Map<String, String> properties(Topic topic, JournalSettings settings) {
        Map<String, String> properties = new HashMap<>();
        // One broker may be away, and what is taken is on at least two all the same, whatever the brokers' own default
        // says.
        int inSync = Math.max(1, settings.replication() - 1);
        properties.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(inSync));
        properties.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
        if (topic == Topic.PUSH) {
            Duration retention = settings.pushRetention();
            properties.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
            // What is too old goes a segment at a time, and only when nothing is written to that any more.
            properties.put(
                    TopicConfig.SEGMENT_MS_CONFIG,
                    Long.toString(retention.dividedBy(8).toMillis()));
        }
        return properties;
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
