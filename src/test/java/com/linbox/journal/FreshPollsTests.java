package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With Kafka's own mock, whose records and reassignments can be had between two polls. */
class FreshPollsTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TopicPartition P1 = new TopicPartition("t", 1);

    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final int[] polls = {0};

    @BeforeEach
    void subscribe() {
        kafka.subscribe(List.of("t"));
        kafka.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        kafka.rebalance(List.of(P0, P1));
        add(P0, 0);
        add(P1, 0);
    }

    private void add(TopicPartition partition, long offset) {
        kafka.addRecord(new ConsumerRecord<>("t", partition.partition(), offset, new byte[0], new byte[0]));
    }

    private ConsumerRecords<byte[], byte[]> poll(int most, Duration atOnce) {
        return new FreshPolls(most, atOnce, Duration.ZERO)
                .poll(
                        timeout -> {
                            polls[0]++;
                            return kafka.poll(timeout);
                        },
                        kafka::assignment,
                        Duration.ZERO);
    }

    /** Does something between the first poll and the second. */
    private void meanwhile(Runnable what) {
        kafka.schedulePollTask(() -> {});
        kafka.schedulePollTask(what);
    }

    private static List<String> places(ConsumerRecords<byte[], byte[]> records) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(record -> record.partition() + "@" + record.offset())
                .toList();
    }

    @Test
    void whatHasComeMeanwhileComesAlongInOrder() {
        meanwhile(() -> {
            add(P0, 1);
            add(P0, 2);
        });

        ConsumerRecords<byte[], byte[]> records = poll(100, LONG);

        assertThat(places(records)).containsExactlyInAnyOrder("0@0", "0@1", "0@2", "1@0");
        assertThat(records.records(P0)).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 2L);
        assertThat(records.nextOffsets().get(P0).offset()).isEqualTo(3);
        assertThat(records.nextOffsets().get(P1).offset()).isEqualTo(1);
    }

    @Test
    void nothingIsLostWhereNothingHasComeMeanwhile() {
        ConsumerRecords<byte[], byte[]> records = poll(100, LONG);

        assertThat(places(records)).containsExactlyInAnyOrder("0@0", "1@0");
        assertThat(records.nextOffsets().get(P0).offset()).isEqualTo(1);
        assertThat(polls[0]).isEqualTo(2);
    }

    @Test
    void ofAPartitionThatWasTakenAwayMeanwhileNothingIsGiven() {
        meanwhile(() -> kafka.rebalance(List.of(P1)));

        ConsumerRecords<byte[], byte[]> records = poll(100, LONG);

        assertThat(places(records)).containsExactly("1@0");
        assertThat(records.nextOffsets()).doesNotContainKey(P0);
    }

    @Test
    void thereIsNoSecondPollWhereTheFirstHasWaitedOrGivenEnough() {
        assertThat(places(poll(100, Duration.ofNanos(-1)))).hasSize(2);
        assertThat(polls[0]).isEqualTo(1);

        add(P0, 1);
        add(P1, 1);
        assertThat(places(poll(3, LONG))).containsExactlyInAnyOrder("0@1", "1@1");
        assertThat(polls[0]).isEqualTo(3);
        add(P0, 2);
        add(P1, 2);
        assertThat(places(poll(2, LONG))).containsExactlyInAnyOrder("0@2", "1@2");
        assertThat(polls[0]).isEqualTo(4);
    }
}
