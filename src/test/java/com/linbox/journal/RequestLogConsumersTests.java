package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.embedded.EmbeddedKafka;
import com.linbox.embedded.LoopbackPorts;
import com.linbox.protocol.PacketType;
import com.linbox.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/** The threads that work on requests, on a Kafka of their own, since they share topics with all others of a Kafka. */
class RequestLogConsumersTests {

    private static final Origin ORIGIN = new Origin(PacketType.SEND_MSG_REQUEST, "gateway", 1, 7, "test", 0);
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static AnnotationConfigApplicationContext journal;

    @BeforeAll
    static void start() {
        kafka = new EmbeddedKafka(folder, LoopbackPorts.free(), LoopbackPorts.free());
        kafka.start();
        Map<String, Object> properties = new HashMap<>(kafka.properties());
        properties.put("linbox.journal.partitions", "1");
        properties.put("linbox.journal.retry-backoff", "10ms");
        journal = new AnnotationConfigApplicationContext();
        journal.getEnvironment().setActiveProfiles("router");
        journal.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        journal.registerBean(LocalValidatorFactoryBean.class);
        journal.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        journal.registerBean(Tracing.class, () -> Tracing.OFF);
        journal.scan("com.linbox.journal");
        journal.refresh();
    }

    @AfterAll
    static void stop() {
        journal.close();
        kafka.close();
    }

    static List<Supplier<Throwable>> failures() {
        return List.of(
                () -> new IllegalStateException("an engine is away"),
                // Spring takes these for faults that trying again does not mend.
                () -> new ClassCastException("a fault"),
                () -> new StackOverflowError("a fault"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatFailsComesAgainUntilItIsDoneAndNothingIsPassedOver(Supplier<Throwable> failure) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        BatchHandler handler = batch -> {
            if (attempts.incrementAndGet() <= 3) {
                RequestLogConsumersTests.<RuntimeException>fail(failure.get());
            }
            batch.forEach(record -> done.add(textOf(record)));
        };
        List<String> sent = List.of("a", "b", "c", "d", "e");
        RequestLogConsumers.Running running =
                journal.getBean(RequestLogConsumers.class).start(Topic.SEND, 1, () -> handler);
        try {
            for (String text : sent) {
                journal.getBean(RequestLog.class)
                        .publish(Topic.SEND, "key", ORIGIN, text.getBytes(StandardCharsets.UTF_8), problem -> {});
            }
            List<String> got = new ArrayList<>();
            while (got.size() < sent.size()) {
                String next = done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(next).as("after %s", got).isNotNull();
                got.add(next);
            }
            assertThat(got).containsExactlyElementsOf(sent);
            assertThat(attempts).hasValueGreaterThan(3);
        } finally {
            running.stop();
        }
    }

    private static String textOf(JournalRecord record) {
        return new String(record.source().value(), StandardCharsets.UTF_8);
    }

    /** Throws what it is given, whatever that is. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void fail(Throwable failure) throws T {
        throw (T) failure;
    }
}
