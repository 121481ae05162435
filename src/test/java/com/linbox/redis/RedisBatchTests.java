package com.linbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import io.lettuce.core.XReadArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithEngines(RedisEngine.class)
class RedisBatchTests {

    private static RedisRole role;
    private RedisBatch batch;

    @BeforeAll
    static void connect(RedisEngine redis) {
        role = new RedisRole(redis.properties());
    }

    @AfterAll
    static void disconnect() {
        role.close();
    }

    @BeforeEach
    void newBatch() {
        batch = role.connections().newBatch();
    }

    @AfterEach
    void closeBatch() {
        batch.close();
    }

    @Test
    void nothingIsSentBeforeExecuteAndEverythingIsThereAfterIt() {
        CompletableFuture<String> set = batch.add(commands -> commands.set("batch:a", LuaScript.bytes("1")));
        CompletableFuture<byte[]> get = batch.add(commands -> commands.get("batch:a"));
        assertThat(set).isNotDone();
        assertThat(get("batch:a")).isNull();

        batch.execute();

        assertThat(set).isCompletedWithValue("OK");
        assertThat(get)
                .isCompletedWithValueMatching(value -> LuaScript.text(value).equals("1"));
    }

    @Test
    void whatIsChainedToAResultRunsOnTheThreadThatExecutes() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        batch.add(commands -> commands.get("batch:thread")).thenAccept(value -> thread.set(Thread.currentThread()));

        batch.execute();

        assertThat(thread).hasValue(Thread.currentThread());
    }

    @Test
    void aSingleServerKeepsTheOrderWithoutARoundTrip() {
        CompletableFuture<String> set = batch.add(commands -> commands.set("batch:first", LuaScript.bytes("1")));
        batch.keepOrder();
        CompletableFuture<byte[]> get = batch.add(commands -> commands.get("batch:first"));
        assertThat(set).isNotDone();

        batch.execute();
        assertThat(get)
                .isCompletedWithValueMatching(value -> LuaScript.text(value).equals("1"));
    }

    @Test
    void anEmptyBatchDoesNothing() {
        batch.execute();
    }

    @Test
    void aCommandThatFailsFailsTheBatchButNotTheOtherCommands() {
        batch.add(commands -> commands.set("batch:text", LuaScript.bytes("text")));
        CompletableFuture<Long> wrong = batch.add(commands -> commands.incr("batch:text"));
        CompletableFuture<Long> right = batch.add(commands -> commands.incr("batch:number"));

        assertThatThrownBy(batch::execute)
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("INCR");
        assertThat(wrong).isCompletedExceptionally();
        assertThat(right).isCompletedWithValue(1L);

        CompletableFuture<Long> again = batch.add(commands -> commands.incr("batch:number"));
        batch.execute();
        assertThat(again).isCompletedWithValue(2L);
    }

    @Test
    void aBatchMayBeLargerThanWhatLettuceTakesAtOnce() {
        List<CompletableFuture<Long>> results = new ArrayList<>();
        for (int i = 0; i < 2 * LettuceSettings.MAX_COMMANDS_AT_ONCE + 1; i++) {
            results.add(batch.add(commands -> commands.incr("batch:large")));
        }

        batch.execute();

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).join()).isEqualTo(i + 1);
        }
    }

    @Test
    void anInterruptedThreadGetsAwayAtOnceAndStaysInterrupted() {
        batch.add(commands ->
                commands.xread(XReadArgs.Builder.block(4_000), XReadArgs.StreamOffset.latest("batch:silent")));
        Thread.currentThread().interrupt();

        assertThatThrownBy(batch::execute).isInstanceOf(RedisUnavailableException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void batchesAreMeasuredAndWaitingOnesAreNot() {
        batch.add(commands -> commands.get("batch:measured"));
        batch.add(commands -> commands.get("batch:measured"));
        double commands = role.meters().get(RedisMeters.BATCH_SIZE).summary().totalAmount();
        batch.execute();
        try (RedisBatch waiting = role.connections().newWaitingBatch()) {
            waiting.add(redis -> redis.get("batch:measured"));
            waiting.execute();
        }

        assertThat(role.meters().get(RedisMeters.BATCH_SIZE).summary().totalAmount() - commands)
                .isEqualTo(2);
    }

    private static String get(String key) {
        byte[] value = role.connections()
                .send(commands -> commands.get(key))
                .toCompletableFuture()
                .join();
        return value == null ? null : LuaScript.text(value);
    }
}
