package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.protocol.PacketType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loop against Kafka's own mock, whose records, failures and reassignments can be had when they are wanted. */
class PatientConsumerTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicPartition P0 = new TopicPartition(Topic.PUSH.topicName(), 0);
    private static final TopicPartition P1 = new TopicPartition(Topic.PUSH.topicName(), 1);
    private static final Origin ORIGIN = new Origin(PacketType.SEND_MSG_REQUEST, "gateway", 1, 7, "test", 0);

    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final Set<String> settle = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();
    private volatile List<String> waits = List.of();
    private final PatientConsumer consumer = new PatientConsumer(
            Topic.PUSH, kafka, this::read, this::handle, new JournalMeters(new SimpleMeterRegistry()));
    private final Thread thread = new Thread(consumer, "patient");

    @BeforeEach
    void start() {
        kafka.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        kafka.schedulePollTask(() -> kafka.rebalance(List.of(P0, P1)));
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        consumer.stop();
        thread.join();
    }

    private JournalRecord read(ConsumerRecord<byte[], byte[]> record) {
        if (unreadable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("cannot be put aside at present");
        }
        return new JournalRecord(ORIGIN, record);
    }

    private void handle(Waiting waiting) {
        List<JournalRecord> done = waiting.records().stream()
                .filter(record -> settle.contains(place(record)))
                .toList();
        waiting.settle(done);
        waits = waiting.records().stream().map(PatientConsumerTests::place).toList();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("for a test");
        }
    }

    private static String place(JournalRecord record) {
        return record.source().partition() + "@" + record.source().offset();
    }

    @Test
    void whatComesLaterIsHandledWhileSomethingWaitsAndCommittedOnlyAfterIt() {
        publish(P0, 0, 3);
        waitFor("0@0", "0@1", "0@2");
        settle.addAll(List.of("0@1", "0@2"));
        publish(P1, 0, 1);
        settle.add("1@0");

        waitFor("0@0");
        committed(P0, 0);
        committed(P1, 1);

        settle.add("0@0");
        committed(P0, 3);
        assertThat(waits).isEmpty();
    }

    @Test
    void afterAFailureEverythingThatWasNotSettledIsThereStill() {
        failures.set(1);
        settle.add("0@0");
        publish(P0, 0, 2);

        committed(P0, 1);
        waitFor("0@1");
    }

    @Test
    void whatCannotBeReadAtPresentIsReadAgainWithAllThatCameAlong() {
        unreadable.set(1);
        publish(P0, 0, 2);

        // The mock forgets what it has given: a broker gives it again from where the position is.
        await().atMost(PATIENCE).until(() -> unreadable.get() == 0 && position(P0) == 0);
        publish(P0, 0, 2);
        waitFor("0@0", "0@1");
    }

    @Test
    void itReadsNoFurtherWhileVeryMuchWaits() {
        publish(P0, 0, PatientConsumer.MOST_WAITING);
        await().atMost(PATIENCE).until(() -> kafka.paused().equals(Set.of(P0, P1)));

        settle.add("0@0");
        await().atMost(PATIENCE).until(() -> kafka.paused().isEmpty());
        assertThat(waits).hasSize(PatientConsumer.MOST_WAITING - 1);
    }

    @Test
    void whatAnotherHasTakenOverWaitsHereNoMore() {
        publish(P0, 0, 2);
        publish(P1, 0, 2);
        waitFor("0@0", "0@1", "1@0", "1@1");
        settle.add("1@0");
        committed(P1, 1);

        kafka.schedulePollTask(() -> kafka.rebalance(List.of(P0)));
        waitFor("0@0", "0@1");
    }

    private long position(TopicPartition partition) {
        AtomicInteger position = new AtomicInteger(-1);
        kafka.schedulePollTask(() -> position.set((int) kafka.position(partition)));
        await().atMost(PATIENCE).until(() -> position.get() >= 0);
        return position.get();
    }

    private void publish(TopicPartition partition, int first, int records) {
        kafka.schedulePollTask(() -> {
            for (int i = 0; i < records; i++) {
                kafka.addRecord(new ConsumerRecord<>(
                        partition.topic(), partition.partition(), first + i, new byte[0], new byte[0]));
            }
        });
    }

    private void waitFor(String... places) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(waits).containsExactlyInAnyOrder(places));
    }

    private void committed(TopicPartition partition, long offset) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            OffsetAndMetadata committed = kafka.committed(Set.of(partition)).get(partition);
            assertThat(committed).isNotNull();
            assertThat(committed.offset()).isEqualTo(offset);
        });
    }
}
