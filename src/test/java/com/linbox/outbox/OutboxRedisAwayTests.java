package com.linbox.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.redis.RedisRole;
import com.linbox.testing.RedisProcess;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRedisAwayTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final ReceivedDeliveries received = new ReceivedDeliveries();
    private RedisProcess redis;

    @BeforeEach
    void newRedis() throws Exception {
        redis = new RedisProcess();
    }

    @AfterEach
    void endRedis() {
        redis.close();
    }

    @Test
    void readingGoesOnWhereItWasAfterRedisWasAway() throws Exception {
        redis.start();
        try (RedisRole gateway = gateway()) {
            gateway.bean(OutboxReader.class).start("g1", received);
            gateway.bean(OutboxWriter.class).write("g1", List.of(ReceivedDeliveries.push("before")));
            Awaitility.await().atMost(SOON).until(() -> received.texts().contains("before"));

            redis.kill();
            Awaitility.await().atMost(SOON).until(() -> count(gateway, OutboxMeters.READ_FAILURES) > 0);
            redis.start();

            awaitDelivered(gateway, "after");
            assertThat(received.texts().get(0)).isEqualTo("before");
            assertThat(received.texts().stream().filter("before"::equals)).hasSize(1);
            assertThat(count(gateway, OutboxMeters.RECREATED)).isZero();
        }
    }

    @Test
    void aStreamThatRedisForgotIsMadeAgain() throws Exception {
        redis.start();
        try (RedisRole gateway = gateway()) {
            gateway.bean(OutboxReader.class).start("g1", received);
            awaitDelivered(gateway, "before");

            redis.kill();
            redis.forget();
            redis.start();

            awaitDelivered(gateway, "after");
            assertThat(count(gateway, OutboxMeters.RECREATED)).isEqualTo(1);
        }
    }

    @Test
    void aGatewayThatStartsBeforeRedisReadsLater() throws Exception {
        try (RedisRole gateway = gateway()) {
            gateway.bean(OutboxReader.class).start("g1", received);

            redis.start();

            awaitDelivered(gateway, "at last");
            assertThat(count(gateway, OutboxMeters.RECREATED)).isZero();
        }
    }

    @Test
    void aGatewayEndsInTimeWhileRedisIsAway() throws Exception {
        redis.start();
        RedisRole gateway = gateway();
        gateway.bean(OutboxReader.class).start("g1", received);
        redis.kill();

        long began = System.nanoTime();
        gateway.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    }

    /** Writes until one of the deliveries arrives: while Redis or the stream is away, they get lost. */
    private void awaitDelivered(RedisRole gateway, String text) {
        OutboxWriter writer = gateway.bean(OutboxWriter.class);
        Awaitility.await().atMost(SOON).until(() -> {
            writer.write("g1", List.of(ReceivedDeliveries.push(text)));
            return received.texts().contains(text);
        });
    }

    private static double count(RedisRole gateway, String meter) {
        return gateway.meters().get(meter).counter().count();
    }

    private RedisRole gateway() {
        return new RedisRole("gateway", redis.properties(), OutboxConfiguration.class);
    }
}
