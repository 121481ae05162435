package com.linbox.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The way to Redis, whether it is one server, watched by sentinels, or a cluster. Thread-safe. */
public interface RedisConnections {

    /**
     * Sends one command at once over the connection that all threads share. Does not block.
     *
     * @param command must send exactly one command, and never one that blocks on the server
     * @return its result, completed on one of the client's threads, where it must not be kept waiting; or a
     *     {@link RedisUnavailableException}
     */
    <T> CompletionStage<T> send(
            Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> command);

    /** A batch for one thread, to be kept for as long as the thread works. Does not connect yet, so that it never fails. */
    RedisBatch newBatch();

    /**
     * The same for commands that wait on the server, such as XREAD BLOCK: its times and sizes say nothing and are not
     * measured. They must wait less than {@link #commandTimeout()}.
     */
    RedisBatch newWaitingBatch();

    /** How long a command may take, from {@code spring.data.redis.timeout}. */
    Duration commandTimeout();
}
