package com.linbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.health.EngineProbe;
import com.linbox.redis.RedisMeters.FailureCause;
import com.linbox.testing.RedisProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisAwayTests {

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
    void commandsFailWhileRedisIsAwayAndWorkSoonAfterItIsBack() throws Exception {
        redis.start();
        try (RedisRole role = role("5s");
                RedisBatch batch = role.connections().newBatch()) {
            batch.add(commands -> commands.set("a", LuaScript.bytes("kept")));
            batch.execute();

            redis.kill();
            Awaitility.await().until(() -> !works(batch));
            assertThatThrownBy(() -> send(role)).hasCauseInstanceOf(RedisUnavailableException.class);
            redis.start();

            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> works(batch));
            Awaitility.await().atMost(Duration.ofSeconds(5)).ignoreExceptions().until(() -> send(role) != null);
            CompletableFuture<byte[]> kept = batch.add(commands -> commands.get("a"));
            batch.execute();
            assertThat(LuaScript.text(kept.join())).isEqualTo("kept");
        }
    }

    @Test
    void aRoleThatStartsBeforeRedisFindsItLater() throws Exception {
        try (RedisRole role = role("5s");
                RedisBatch batch = role.connections().newBatch()) {
            assertThatThrownBy(() -> send(role)).hasCauseInstanceOf(RedisUnavailableException.class);
            assertThat(works(batch)).isFalse();

            redis.start();

            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> works(batch));
            Awaitility.await().atMost(Duration.ofSeconds(5)).ignoreExceptions().until(() -> send(role) != null);
        }
    }

    @Test
    void aBatchGivesUpAfterTheTimeoutWhenRedisStandsStillAndWorksWhenItGoesOn() throws Exception {
        redis.start();
        try (RedisRole role = role("300ms");
                RedisBatch batch = role.connections().newBatch()) {
            assertThat(works(batch)).isTrue();
            redis.suspend();
            CompletableFuture<Long> result = batch.add(commands -> commands.incr("counter"));
            assertThatThrownBy(batch::execute)
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageContaining("PT0.3S");
            assertThat(result).isCompletedExceptionally();
            assertThat(failures(role, FailureCause.TIMEOUT)).isEqualTo(1);
            assertThatThrownBy(() -> send(role)).hasCauseInstanceOf(RedisUnavailableException.class);

            redis.resume();

            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> works(batch));
            CompletableFuture<Long> next = batch.add(commands -> commands.incr("counter"));
            batch.execute();
            // The one that was given up had reached Redis and was carried out late: its answer is not taken for
            // another's.
            assertThat(next).isCompletedWithValue(2L);
        }
    }

    @Test
    void aProbeSaysWhetherRedisAnswersAndDoesNotWaitForOneThatStandsStill() throws Exception {
        redis.start();
        try (RedisRole role = role("5s")) {
            EngineProbe probe = role.bean(EngineProbe.class);
            probe.ask(Duration.ofSeconds(5));
            redis.suspend();
            assertThatThrownBy(() -> probe.ask(Duration.ofMillis(100))).isInstanceOf(TimeoutException.class);
            redis.resume();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .untilAsserted(() -> probe.ask(Duration.ofSeconds(1)));
        }
    }

    private RedisRole role(String timeout) {
        Map<String, String> properties = new HashMap<>(redis.properties());
        properties.put("spring.data.redis.timeout", timeout);
        return new RedisRole(properties);
    }

    private static boolean works(RedisBatch batch) {
        CompletableFuture<byte[]> result = batch.add(commands -> commands.get("any"));
        try {
            batch.execute();
        } catch (RedisUnavailableException e) {
            assertThat(result).isCompletedExceptionally();
            return false;
        }
        return true;
    }

    /** @throws CompletionException where the command failed */
    private static String send(RedisRole role) {
        return role.connections()
                .send(commands -> commands.set("single", LuaScript.bytes("x")))
                .toCompletableFuture()
                .join();
    }

    private static double failures(RedisRole role, FailureCause cause) {
        return role.meters()
                .get(RedisMeters.FAILURES)
                .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                .counter()
                .count();
    }
}
