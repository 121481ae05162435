package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.embedded.EmbeddedKafka;
import com.linbox.embedded.LoopbackPorts;
import com.linbox.protocol.PacketType;
import com.linbox.testing.JournalSlice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The threads that work on requests, on a Kafka of their own, since they share topics with all others of a Kafka. */
class RequestLogConsumersTests {

    private static final Origin ORIGIN = new Origin(PacketType.SEND_MSG_REQUEST, "gateway", 1, 7, "test", 0);
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static JournalSlice journal;

    @BeforeAll
    static void start() {
        kafka = new EmbeddedKafka(folder, LoopbackPorts.free(), LoopbackPorts.free());
        kafka.start();
        journal = new JournalSlice(
                kafka.properties(), "linbox.journal.partitions", "4", "linbox.journal.retry-backoff", "10ms");
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
                journal.get(RequestLogConsumers.class).start(Topic.SEND, 1, () -> handler);
        try {
            for (String text : sent) {
                journal.get(RequestLog.class)
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

    @Test
    void whatWasWorkedOffIsNotDoneAgainByWhoeverGetsThePartition() throws Exception {
        RequestLogConsumers consumers = journal.get(RequestLogConsumers.class);
        RequestLog log = journal.get(RequestLog.class);
        Queue<String> done = new ConcurrentLinkedQueue<>();
        // As slow as a database, so that a rebalance takes some batches and falls together with a commit.
        BatchHandler handler = batch -> {
            pause(60);
            batch.forEach(record -> done.add(textOf(record)));
        };
        Deque<RequestLogConsumers.Running> running = new ArrayDeque<>();
        running.add(consumers.start(Topic.QUERY, 1, () -> handler));
        AtomicInteger published = new AtomicInteger();
        ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
        try {
            publisher.scheduleAtFixedRate(
                    () -> log.publish(
                            Topic.QUERY,
                            Integer.toString(published.get()),
                            ORIGIN,
                            Integer.toString(published.getAndIncrement()).getBytes(StandardCharsets.UTF_8),
                            problem -> {}),
                    0,
                    1,
                    TimeUnit.MILLISECONDS);
            for (int round = 0; round < 2; round++) {
                awaitDone(done, published.get());
                AtomicBoolean given = new AtomicBoolean();
                running.add(consumers.start(Topic.QUERY, 1, () -> batch -> {
                    given.set(true);
                    handler.handle(batch);
                }));
                await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).untilTrue(given);
                running.remove().stop();
            }
        } finally {
            publisher.shutdown();
            assertThat(publisher.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> done.size() >= published.get());
            running.forEach(RequestLogConsumers.Running::stop);
        }
        assertThat(done).doesNotHaveDuplicates().hasSize(published.get());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitDone(Queue<String> done, int number) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> done.contains(Integer.toString(number)));
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
