package com.linbox.outbox;

import static com.linbox.outbox.ReceivedDeliveries.numbers;
import static com.linbox.outbox.ReceivedDeliveries.push;
import static com.linbox.outbox.ReceivedDeliveries.pushes;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.outbox.Delivery.Disconnect;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import io.lettuce.core.XAddArgs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What the outbox promises, whatever Redis it is kept in. */
abstract class OutboxContract {

    private final String gateway = "gateway-" + UUID.randomUUID();
    private final String key = OutboxKey.of(gateway);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OutboxMeters meters = new OutboxMeters(registry);
    private final ReceivedDeliveries received = new ReceivedDeliveries();
    private OutboxWriter writer;
    private OutboxReader reader;
    private RedisBatch batch;

    abstract RedisConnections redis();

    @BeforeEach
    void wire() {
        OutboxProperties properties = properties(2_000, Duration.ofSeconds(60));
        writer = new RedisOutboxWriter(redis(), properties, meters);
        reader = new RedisOutboxReader(redis(), properties, meters);
        batch = redis().newBatch();
    }

    @AfterEach
    void end() {
        reader.stop();
        batch.close();
    }

    @Test
    void whatIsWrittenIsReadInItsOrderAndIsGoneFromRedisThen() {
        reader.start(gateway, received);

        for (int i = 0; i < 1_000; i += 100) {
            writer.write(batch, gateway, pushes(i, i + 50));
            writer.write(batch, gateway, pushes(i + 50, i + 100));
            batch.execute();
        }
        await(writer.write(gateway, List.of(new Disconnect(5, "the end"))));

        awaitReceived(1_001);
        assertThat(received.texts().subList(0, 1_000)).isEqualTo(numbers(0, 1_000));
        assertThat(received.texts().get(1_000)).isEqualTo("the end");
        assertThat(count(OutboxMeters.WRITTEN_DELIVERIES)).isEqualTo(1_001);
        assertThat(count(OutboxMeters.READ_DELIVERIES)).isEqualTo(1_001);
        assertThat(count(OutboxMeters.READ_BYTES)).isPositive();
        assertThat(count(OutboxMeters.MISSED)).isZero();
        Awaitility.await().until(() -> await(redis().send(commands -> commands.xlen(key))) == 0);
    }

    @Test
    void manyWritersAtOnceLoseNothingAndKeepTheOrderOfEach() throws Exception {
        reader.start(gateway, received);
        int writers = 4;
        CountDownLatch done = new CountDownLatch(writers);
        for (int w = 0; w < writers; w++) {
            int from = w * 1_000;
            new Thread(() -> {
                        try (RedisBatch own = redis().newBatch()) {
                            for (int i = 0; i < 1_000; i += 20) {
                                writer.write(own, gateway, pushes(from + i, from + i + 20));
                                own.execute();
                            }
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();

        awaitReceived(4_000);
        for (int w = 0; w < writers; w++) {
            int from = w * 1_000;
            assertThat(received.texts().stream()
                            .filter(text -> Integer.parseInt(text) / 1_000 * 1_000 == from)
                            .toList())
                    .isEqualTo(numbers(from, from + 1_000));
        }
        assertThat(count(OutboxMeters.MISSED)).isZero();
    }

    @Test
    void singleWritesKeepTheirOrder() {
        reader.start(gateway, received);

        for (int i = 0; i < 200; i++) {
            writer.write(gateway, pushes(i, i + 1));
        }

        awaitReceived(200);
        assertThat(received.texts()).isEqualTo(numbers(0, 200));
        assertThat(count(OutboxMeters.MISSED)).isZero();
    }

    @Test
    void whatIsMeantForAGatewayThatIsGoneGoesNowhereAndIsCounted() {
        writer.write(batch, gateway, pushes(0, 3));
        batch.execute();
        await(writer.write(gateway, pushes(3, 4)));

        assertThat(exists()).isFalse();
        assertThat(count(OutboxMeters.DROPPED)).isEqualTo(4);
        assertThat(count(OutboxMeters.WRITTEN_DELIVERIES)).isZero();
    }

    @Test
    void nothingIsWrittenForNoDeliveries() {
        writer.write(batch, gateway, List.of());
        batch.execute();
        await(writer.write(gateway, List.of()));

        assertThat(count(OutboxMeters.DROPPED)).isZero();
    }

    @Test
    void theStreamIsThereWhenStartReturnsAndGoneWhenStopReturns() {
        reader.start(gateway, received);
        assertThat(exists()).isTrue();
        long secondsLeft = await(redis().send(commands -> commands.ttl(key)));
        assertThat(secondsLeft).isBetween(50L, 60L);

        reader.stop();

        assertThat(exists()).isFalse();
        reader.stop();
    }

    @Test
    void aStreamThatRedisLostIsMadeAgainAndReadOn() {
        reader.start(gateway, received);
        await(writer.write(gateway, List.of(push("before"))));
        awaitReceived(1);

        await(redis().send(commands -> commands.del(key)));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::exists);
        await(writer.write(gateway, List.of(push("after"))));

        awaitReceived(2);
        assertThat(received.texts()).containsExactly("before", "after");
        assertThat(count(OutboxMeters.RECREATED)).isEqualTo(1);
    }

    @Test
    void deliveriesBetweenTheLossOfAStreamAndItsReturnAreCountedAsMissed() {
        reader.start(gateway, received);
        await(writer.write(gateway, List.of(push("before"))));
        awaitReceived(1);

        await(redis().send(commands -> commands.del(key)));
        await(writer.write(gateway, pushes(0, 7)));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::exists);
        await(writer.write(gateway, List.of(push("after"))));

        awaitReceived(2);
        assertThat(count(OutboxMeters.DROPPED)).isEqualTo(7);
        assertThat(count(OutboxMeters.MISSED)).isEqualTo(7);
    }

    @Test
    void entriesWithIdsSmallerThanTheLastOneReadAreFound() {
        reader.start(gateway, received);
        await(writer.write(gateway, List.of(push("before"))));
        awaitReceived(1);

        // As after a fail-over to a replica that lacks the end of the stream and whose clock is slow.
        byte[] entry = new EntryEncoder(1_000)
                .encode(List.of(push("after")), 1, 0)
                .get(0)
                .bytes();
        await(redis().send(commands -> commands.del(key)));
        await(redis().send(commands -> commands.xadd(key, new XAddArgs().id("5-5"), Map.of(OutboxKey.FIELD, entry))));

        awaitReceived(2);
        assertThat(received.texts()).containsExactly("before", "after");
    }

    @Test
    void entriesTrimmedBeforeTheyWereReadAreCounted() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        OutboxWriter narrow = new RedisOutboxWriter(redis(), properties(10, Duration.ofSeconds(60)), meters);
        reader.start(gateway, block -> {
            busy.countDown();
            awaitUninterruptibly(slow);
            received.accept(block);
        });
        narrow.write(batch, gateway, pushes(0, 1));
        batch.execute();
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

        // Large enough that Redis keeps few of them in one node of the stream, the unit in which it trims.
        String large = "x".repeat(3_000);
        for (int i = 0; i < 100; i++) {
            narrow.write(batch, gateway, List.of(push(large)));
        }
        batch.execute();
        slow.countDown();

        Awaitility.await().until(() -> received.texts().size() + count(OutboxMeters.MISSED) == 101);
        assertThat(count(OutboxMeters.MISSED)).isBetween(50.0, 91.0);
    }

    @Test
    void aListenerThatFailsIsCountedAndReadingGoesOn() {
        reader.start(gateway, block -> {
            received.accept(block);
            throw new IllegalStateException("expected by this test");
        });

        await(writer.write(gateway, pushes(0, 1)));
        awaitReceived(1);
        await(writer.write(gateway, pushes(1, 2)));

        awaitReceived(2);
        Awaitility.await().until(() -> count(OutboxMeters.LISTENER_FAILURES) == 2);
    }

    @Test
    void anEntryThatIsNotReadableIsPassedOver() {
        reader.start(gateway, received);

        await(redis().send(commands -> commands.xadd(key, Map.of(OutboxKey.FIELD, LuaScript.bytes("garbage")))));
        await(redis().send(commands -> commands.xadd(key, Map.of("other", LuaScript.bytes("field")))));
        await(writer.write(gateway, List.of(push("good"))));

        awaitReceived(1);
        assertThat(received.texts()).containsExactly("good");
        assertThat(count(OutboxMeters.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void theLeaseIsRenewedWhileTheGatewayLives() {
        reader = new RedisOutboxReader(redis(), properties(2_000, Duration.ofSeconds(3)), meters);
        reader.start(gateway, received);
        Awaitility.await()
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(10))
                .until(this::exists);

        assertThat(count(OutboxMeters.RECREATED)).isZero();
    }

    private static OutboxProperties properties(int maxEntries, Duration lease) {
        return new OutboxProperties(maxEntries, DataSize.ofKilobytes(256), 16, lease);
    }

    private void awaitReceived(int deliveries) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> received.texts().size() >= deliveries);
        assertThat(received.texts()).hasSize(deliveries);
    }

    private boolean exists() {
        return await(redis().send(commands -> commands.exists(key))) == 1;
    }

    private double count(String meter) {
        return registry.get(meter).counter().count();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
