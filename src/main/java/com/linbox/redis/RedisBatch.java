package com.linbox.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.function.Function;

/**
 * Commands that travel to Redis together: one write, one wait. Not thread-safe: one thread fills it and executes it.
 */
public interface RedisBatch {

    /**
     * Adds a command.
     *
     * @return its result, there once {@link #execute()} has returned
     */
    <T> RedisFuture<T> add(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command);

    /**
     * Sends all commands that were added and waits for their results; the batch is empty and usable again afterwards.
     * Does nothing where nothing was added.
     *
     * @throws RedisUnavailableException where one of them failed or did not answer in time
     */
    void execute();
}
