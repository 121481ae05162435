package com.linbox.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every few seconds how many records of each topic the routers have not done with. Every process asks, gateways too:
 * what consumers know of their own lag stands still while they are held up, and is gone with them.
 */
final class LagWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LagWatch.class);

    static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(3);

    /** The topics that routers read; their consumer groups have the same names. */
    static final List<Topic> WATCHED = List.of(Topic.SEND, Topic.QUERY, Topic.FANOUT, Topic.OFFLINE);

    private final JournalAdmin admin;
    private final JournalMeters meters;
    private final Duration period;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** By partition, as Kafka said it last. */
    private volatile Map<TopicPartition, Long> waiting = Map.of();

    private final Thread thread = new Thread(this::watch, "linbox-lag");

    /** @param period from one answer to the next question */
    LagWatch(JournalAdmin admin, JournalMeters meters, Duration period) {
        this.admin = admin;
        this.meters = meters;
        this.period = period;
        WATCHED.forEach(meters::bindLag);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            do {
                try {
                    ask(admin.get());
                } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
                    log.debug("The routers' lag is unknown", e);
                    WATCHED.forEach(meters::lagUnknown);
                }
            } while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            log.debug("The routers' lag is watched no longer");
        }
    }

    /** How many records of a partition wait, as Kafka said it last; 0 where it has not said. */
    long waitingIn(TopicPartition partition) {
        return Math.max(0, waiting.getOrDefault(partition, 0L));
    }

    private void ask(Admin kafka) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> ends = ends(kafka);
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        var groups = kafka.listConsumerGroupOffsets(WATCHED.stream()
                .collect(Collectors.toMap(Topic::topicName, topic -> new ListConsumerGroupOffsetsSpec())));
        for (Topic topic : WATCHED) {
            done.putAll(groups.partitionsToOffsetAndMetadata(topic.topicName())
                    .get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        }
        Map<TopicPartition, Long> left = new HashMap<>();
        ends.forEach((partition, end) -> left.put(partition, end - offset(done.get(partition))));
        waiting = Map.copyOf(left);
        for (Topic topic : WATCHED) {
            long records = left.entrySet().stream()
                    .filter(partition -> partition.getKey().topic().equals(topic.topicName()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            long partitions = ends.keySet().stream()
                    .filter(partition -> partition.topic().equals(topic.topicName()))
                    .count();
            meters.lag(topic, Math.max(0, records), partitions);
        }
    }

    private static Map<TopicPartition, Long> ends(Admin kafka)
            throws InterruptedException, ExecutionException, TimeoutException {
        var topics = kafka.describeTopics(WATCHED.stream().map(Topic::topicName).toList())
                .allTopicNames()
                .get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        Map<TopicPartition, OffsetSpec> asked = topics.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        kafka.listOffsets(asked)
                .all()
                .get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Of a partition that no router has ever done anything of. */
    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
