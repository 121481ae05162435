package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.protocol.PacketType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaRequestLogTests {

    private static final Origin ORIGIN = new Origin(PacketType.SEND_MSG_REQUEST, "gateway", 1, 7, "test", 0);

    /** With a key of two bytes a request of this many takes 1,000. */
    private static final byte[] JSON = new byte[1_000 - 128 - 2];

    private final MockProducer<byte[], byte[]> kafka = new MockProducer<>(
            false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());

    private final KafkaRequestLog log =
            new KafkaRequestLog(kafka, 10_000, new JournalMeters(new SimpleMeterRegistry()));
    private final AtomicInteger reliefs = new AtomicInteger();
    private final List<@Nullable Exception> outcomes = new ArrayList<>();

    @BeforeEach
    void listen() {
        log.onRelief(reliefs::incrementAndGet);
    }

    @Test
    void congestionBeginsAboveTheHighWaterMarkAndEndsAtTheLowOne() {
        publish(7);
        assertThat(log.isCongested()).isFalse();
        publish(1);
        assertThat(log.isCongested()).isTrue();
        take(2);
        assertThat(log.isCongested()).as("between the marks").isTrue();
        assertThat(reliefs).hasValue(0);
        take(1);
        assertThat(log.isCongested()).isFalse();
        assertThat(reliefs).hasValue(1);
        take(5);
        assertThat(reliefs).as("told once").hasValue(1);
        assertThat(outcomes).hasSize(8).containsOnlyNulls();
    }

    @Test
    void whatIsOverTheLimitIsRefusedAtOnceAndNothingElseIs() {
        publish(12);
        assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(JournalFullException.class);
        take(10);
        assertThat(outcomes.subList(2, 12)).containsOnlyNulls();
        assertThat(log.isCongested()).isFalse();
    }

    @Test
    void failuresEndACongestionToo() {
        publish(8);
        for (int i = 0; i < 8; i++) {
            kafka.errorNext(new IllegalStateException("away"));
        }
        assertThat(log.isCongested()).isFalse();
        assertThat(reliefs).hasValue(1);
        assertThat(outcomes).hasSize(8).doesNotContainNull();
    }

    @Test
    void aRequestLargerThanTheWholeBufferLeavesNoCongestionBehind() {
        log.publish(Topic.SEND, "10", ORIGIN, new byte[20_000], outcomes::add);
        assertThat(outcomes).hasOnlyElementsOfType(JournalFullException.class);
        assertThat(log.isCongested()).isFalse();
    }

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            log.publish(Topic.SEND, "10", ORIGIN, JSON, outcomes::add);
        }
    }

    private void take(int times) {
        for (int i = 0; i < times; i++) {
            kafka.completeNext();
        }
    }
}
