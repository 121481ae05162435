package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linbox.embedded.EmbeddedKafka;
import com.linbox.embedded.LoopbackPorts;
import com.linbox.health.EngineProbe;
import com.linbox.protocol.PacketType;
import com.linbox.testing.JournalSlice;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of Kafka from outside, on one of its own, since it is ended. */
class KafkaWatchTests {

    private static final Origin ORIGIN = new Origin(PacketType.SEND_MSG_REQUEST, "gateway", 1, 7, "test", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void lagIsWhatNoRouterHasDoneWithAndUnknownWithoutKafka() throws Exception {
        EmbeddedKafka kafka = new EmbeddedKafka(folder, LoopbackPorts.free(), LoopbackPorts.free());
        kafka.start();
        try (var journal = new JournalSlice(
                kafka.properties(), "linbox.journal.partitions", "1", "linbox.journal.retry-backoff", "10ms")) {
            MeterRegistry registry = journal.get(MeterRegistry.class);
            EngineProbe probe = journal.get(EngineProbe.class);
            // Beside the one that asks every few seconds, which registers nothing twice: gauges are there already.
            try (var quick = new LagWatch(
                    journal.get(JournalAdmin.class), journal.get(JournalMeters.class), Duration.ofMillis(50))) {
                quick.start();
                await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> probe.ask(Duration.ofSeconds(5)));

                CountDownLatch mayGoOn = new CountDownLatch(1);
                for (int i = 0; i < 3; i++) {
                    journal.get(RequestLog.class).publish(Topic.SEND, "key", ORIGIN, new byte[1], ignored());
                }
                await().atMost(PATIENCE).until(() -> lag(registry) == 3);

                RequestLogConsumers consumers = journal.get(RequestLogConsumers.class);
                RequestLogConsumers.Running running = consumers.start(Topic.SEND, 1, () -> batch -> {
                    if (mayGoOn.getCount() > 0) {
                        throw new IllegalStateException("the database is away");
                    }
                });
                // Held up: the batch is with the router, and counts as not done with.
                await().atMost(PATIENCE)
                        .until(() -> consumers.standings().get(0).heldUp() == 1);
                assertThat(consumers.standings().get(0).heldUpBy()).contains("the database is away");
                assertThat(consumers.standings().get(0).partitions()).isEqualTo(1);
                assertThat(registry.get(JournalMeters.HELD_UP).gauge().value()).isEqualTo(1);
                assertThat(lag(registry)).isEqualTo(3);

                mayGoOn.countDown();
                await().atMost(PATIENCE).until(() -> lag(registry) == 0);
                assertThat(consumers.standings().get(0).heldUp()).isZero();
                running.stop();

                kafka.close();
                assertThatThrownBy(() -> probe.ask(Duration.ofMillis(500))).isInstanceOf(Exception.class);
                await().atMost(PATIENCE).until(() -> Double.isNaN(lag(registry)));
            }
        } finally {
            kafka.close();
        }
    }

    private static Consumer<Exception> ignored() {
        return failure -> {};
    }

    private static double lag(MeterRegistry registry) {
        return registry.get(JournalMeters.LAG)
                .tag("topic", Topic.SEND.topicName())
                .gauge()
                .value();
    }
}
