package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linbox.embedded.EmbeddedKafka;
import com.linbox.embedded.LoopbackPorts;
import com.linbox.health.EngineProbe;
import com.linbox.protocol.PacketType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

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
        try (var journal = journal(kafka)) {
            MeterRegistry registry = journal.getBean(MeterRegistry.class);
            EngineProbe probe = journal.getBean(EngineProbe.class);
            // Beside the one that asks every few seconds, which registers nothing twice: gauges are there already.
            try (var quick = new LagWatch(
                    journal.getBean(JournalAdmin.class), journal.getBean(JournalMeters.class), Duration.ofMillis(50))) {
                quick.start();
                await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> probe.ask(Duration.ofSeconds(5)));

                CountDownLatch mayGoOn = new CountDownLatch(1);
                for (int i = 0; i < 3; i++) {
                    journal.getBean(RequestLog.class).publish(Topic.SEND, "key", ORIGIN, new byte[1], ignored());
                }
                await().atMost(PATIENCE).until(() -> lag(registry) == 3);

                RequestLogConsumers consumers = journal.getBean(RequestLogConsumers.class);
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

    private static AnnotationConfigApplicationContext journal(EmbeddedKafka kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.properties());
        properties.put("linbox.journal.partitions", "1");
        properties.put("linbox.journal.retry-backoff", "10ms");
        var journal = new AnnotationConfigApplicationContext();
        journal.getEnvironment().setActiveProfiles("router");
        journal.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        journal.registerBean(LocalValidatorFactoryBean.class);
        journal.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        journal.scan("com.linbox.journal");
        journal.refresh();
        return journal;
    }
}
