package com.linbox.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The module's meters. */
final class JournalMeters {

    private final MeterRegistry registry;
    private final Map<Topic, Counter> published = new EnumMap<>(Topic.class);
    private final Map<Topic, DistributionSummary> batches = new EnumMap<>(Topic.class);
    private final Map<Topic, Counter> retried = new EnumMap<>(Topic.class);
    private final Counter publishFailed;
    private final Counter dead;

    JournalMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Topic topic : Topic.values()) {
            published.put(topic, counter("linbox.journal.published", "Requests that Kafka has taken", topic));
            retried.put(topic, counter("linbox.journal.batch.retries", "Batches that an absent engine held up", topic));
            batches.put(
                    topic,
                    DistributionSummary.builder("linbox.journal.batch.size")
                            .description("Records handled at a time")
                            .tag("topic", topic.topicName())
                            .register(registry));
        }
        publishFailed = Counter.builder("linbox.journal.publish.failures")
                .description("Requests that Kafka did not take in time")
                .register(registry);
        dead = Counter.builder("linbox.journal.dead.letters")
                .description("Records put aside because they can never be handled")
                .register(registry);
    }

    private Counter counter(String name, String description, Topic topic) {
        return Counter.builder(name)
                .description(description)
                .tag("topic", topic.topicName())
                .register(registry);
    }

    void bindWaiting(AtomicLong bytes) {
        Gauge.builder("linbox.journal.waiting", bytes, AtomicLong::doubleValue)
                .description("Bytes of requests that wait for Kafka")
                .baseUnit("bytes")
                .register(registry);
    }

    @SuppressWarnings("NullAway") // every topic has its meters from the constructor on
    void published(Topic topic) {
        published.get(topic).increment();
    }

    void publishFailed() {
        publishFailed.increment();
    }

    @SuppressWarnings("NullAway")
    void batch(Topic topic, int size) {
        batches.get(topic).record(size);
    }

    @SuppressWarnings("NullAway")
    void retried(Topic topic) {
        retried.get(topic).increment();
    }

    void dead() {
        dead.increment();
    }
}
