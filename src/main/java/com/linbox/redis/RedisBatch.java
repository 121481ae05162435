package com.linbox.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Commands that travel to Redis together: one write, one wait. Commands on the same key are carried out in the order
 * they were added; a command in between may fail without keeping the others from being carried out. Not thread-safe: one
 * thread fills it and executes it, over and over; it holds a connection of its own, made when first executed.
 */
public interface RedisBatch extends AutoCloseable {

    /**
     * Adds a command.
     *
     * @return its result, there once {@link #execute()} has returned or thrown. What is chained to it runs within
     *     {@code execute()}, on the thread that executes.
     */
    <T> CompletableFuture<T> add(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command);

    /**
     * What is added from here on is carried out after all that was added before, on whatever keys. A single server keeps the
     * order of all commands anyway; in a cluster it costs a round trip.
     *
     * @throws RedisUnavailableException as {@link #execute()} does, where what was added before had to be executed
     */
    void keepOrder();

    /**
     * Sends all commands that were added and waits for their results; the batch is empty and usable again afterwards,
     * also when this throws. Does nothing where nothing was added.
     *
     * @throws RedisUnavailableException where one of them failed, did not answer in time, or the thread was interrupted
     *     (which it still is then)
     */
    void execute();

    /** Gives the connection back; what was added and not executed never will be. */
    @Override
    void close();
}
