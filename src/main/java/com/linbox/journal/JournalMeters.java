package com.linbox.journal;

import com.linbox.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The module's meters. The tag {@code topic} is the topic's name in Kafka. */
final class JournalMeters {

    static final String PUBLISHED = "linbox.journal.published";
    static final String PUBLISH_TIME = "linbox.journal.publish.time";
    static final String PUBLISH_FAILURES = "linbox.journal.publish.failures";
    static final String WAITING = "linbox.journal.waiting";
    static final String BATCH_SIZE = "linbox.journal.batch.size";
    static final String BATCH_TIME = "linbox.journal.batch.time";
    static final String BATCH_RETRIES = "linbox.journal.batch.retries";
    static final String DEAD_LETTERS = "linbox.journal.dead.letters";

    /** Records that no router has done with yet; unknown (NaN) while Kafka does not say. */
    static final String LAG = "linbox.journal.lag";

    static final String PARTITIONS = "linbox.journal.partitions";

    /** Of those, what the threads of this process have, and how many threads wait with a batch. */
    static final String ASSIGNED = "linbox.journal.partitions.assigned";

    static final String HELD_UP = "linbox.journal.held.up";

    private final MeterRegistry registry;
    private final Map<Topic, Counter> published = new EnumMap<>(Topic.class);
    private final Map<Topic, DistributionSummary> batches = new EnumMap<>(Topic.class);
    private final Map<Topic, Timer> batchTimes = new EnumMap<>(Topic.class);
    private final Map<Topic, Counter> retried = new EnumMap<>(Topic.class);
    private final Map<Topic, Double> lags = new ConcurrentHashMap<>();
    private final Map<Topic, Double> partitions = new ConcurrentHashMap<>();
    private final Timer publishTime;
    private final Counter publishFailed;
    private final Counter dead;

    JournalMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Topic topic : Topic.values()) {
            published.put(topic, counter(PUBLISHED, "Requests that Kafka has taken", topic));
            retried.put(topic, counter(BATCH_RETRIES, "Batches that an absent engine held up", topic));
            batches.put(
                    topic,
                    DistributionSummary.builder(BATCH_SIZE)
                            .description("Records handled at a time")
                            .baseUnit("records")
                            .tag("topic", topic.topicName())
                            .register(registry));
            batchTimes.put(
                    topic,
                    Timer.builder(BATCH_TIME)
                            .description("Time to handle a batch of records")
                            .tag("topic", topic.topicName())
                            .register(registry));
        }
        publishTime = Latency.ofEngine(PUBLISH_TIME)
                .description("Time until Kafka has a request on all replicas that are in sync")
                .register(registry);
        publishFailed = Counter.builder(PUBLISH_FAILURES)
                .description("Requests that Kafka did not take in time")
                .register(registry);
        dead = Counter.builder(DEAD_LETTERS)
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
        Gauge.builder(WAITING, bytes, AtomicLong::doubleValue)
                .description("Bytes of requests that wait for Kafka")
                .baseUnit("bytes")
                .register(registry);
    }

    /** To be called once for a topic; its gauges are unknown (NaN) until {@link #lag} is called. */
    void bindLag(Topic topic) {
        Gauge.builder(LAG, lags, known -> known.getOrDefault(topic, Double.NaN))
                .description("Records that no router has done with yet")
                .baseUnit("records")
                .tag("topic", topic.topicName())
                .register(registry);
        Gauge.builder(PARTITIONS, partitions, known -> known.getOrDefault(topic, Double.NaN))
                .description("Partitions of the topic")
                .tag("topic", topic.topicName())
                .register(registry);
    }

    void bindStanding(Topic topic, Supplier<Standing> standing) {
        Gauge.builder(ASSIGNED, standing, now -> now.get().partitions())
                .description("Partitions that this process works on")
                .tag("topic", topic.topicName())
                .strongReference(true)
                .register(registry);
        Gauge.builder(HELD_UP, standing, now -> now.get().heldUp())
                .description("Threads that wait with their batch for an engine that is away")
                .baseUnit("threads")
                .tag("topic", topic.topicName())
                .strongReference(true)
                .register(registry);
    }

    void lag(Topic topic, long records, long ofPartitions) {
        lags.put(topic, (double) records);
        partitions.put(topic, (double) ofPartitions);
    }

    void lagUnknown(Topic topic) {
        lags.remove(topic);
    }

    /** @param nanos how long it took */
    @SuppressWarnings("NullAway") // every topic has its meters from the constructor on
    void published(Topic topic, long nanos) {
        published.get(topic).increment();
        publishTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    void publishFailed() {
        publishFailed.increment();
    }

    @SuppressWarnings("NullAway")
    void batch(Topic topic, int size) {
        batches.get(topic).record(size);
    }

    @SuppressWarnings("NullAway")
    void batchHandled(Topic topic, long nanos) {
        batchTimes.get(topic).record(nanos, TimeUnit.NANOSECONDS);
    }

    @SuppressWarnings("NullAway")
    void retried(Topic topic) {
        retried.get(topic).increment();
    }

    void dead() {
        dead.increment();
    }
}
