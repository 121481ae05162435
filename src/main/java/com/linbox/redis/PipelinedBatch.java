package com.linbox.redis;

import com.linbox.redis.RedisMeters.FailureCause;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends its commands as one list over a connection of its own. */
final class PipelinedBatch implements RedisBatch {

    private final Supplier<StatefulConnection<String, byte[]>> connector;
    private final boolean toOneServer;
    private final Duration timeout;
    private final @Nullable RedisMeters meters;
    private final RecordingCommands commands = new RecordingCommands(LettuceConnections.CODEC);
    private @Nullable StatefulConnection<String, byte[]> connection;

    /**
     * @param toOneServer whether all connections lead to the same server, which carries commands out in the order sent
     * @param timeout how long to wait for the answers to commands sent together
     * @param meters null where nothing is to be measured
     */
    PipelinedBatch(
            Supplier<StatefulConnection<String, byte[]>> connector,
            boolean toOneServer,
            Duration timeout,
            @Nullable RedisMeters meters) {
        this.connector = connector;
        this.toOneServer = toOneServer;
        this.timeout = timeout;
        this.meters = meters;
    }

    @Override
    public <T> CompletableFuture<T> add(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
        return command.apply(commands).toCompletableFuture();
    }

    @Override
    public void keepOrder() {
        if (!toOneServer) {
            execute();
        }
    }

    @Override
    public void execute() {
        List<BatchedCommand<?>> batch = commands.takeAll();
        if (batch.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        RedisUnavailableException failure = null;
        for (int from = 0; from < batch.size() && failure == null; from += LettuceSettings.MAX_COMMANDS_AT_ONCE) {
            int to = Math.min(batch.size(), from + LettuceSettings.MAX_COMMANDS_AT_ONCE);
            failure = exchange(batch.subList(from, to));
        }
        failure = settle(batch, failure);
        if (meters != null) {
            meters.batch(batch.size(), System.nanoTime() - began);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Sends commands and waits for their answers; what each of them came to is found by {@link #settle}. */
    private @Nullable RedisUnavailableException exchange(List<BatchedCommand<?>> part) {
        Round round = new Round(part.size());
        try {
            part.forEach(command -> command.joins(round));
            connected().dispatch(part);
            if (round.await(timeout)) {
                return null;
            }
            return failed(
                    FailureCause.TIMEOUT,
                    "No answer to " + round.unanswered() + " of " + part.size() + " commands within " + timeout,
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(FailureCause.INTERRUPTED, "Interrupted while waiting for Redis", e);
        } catch (RedisException e) {
            return failed(FailureCause.UNREACHABLE, "Redis cannot be reached", e);
        }
    }

    private StatefulConnection<String, byte[]> connected() {
        StatefulConnection<String, byte[]> current = connection;
        if (current == null) {
            current = connector.get();
            connection = current;
        }
        return current;
    }

    private @Nullable RedisUnavailableException settle(
            List<BatchedCommand<?>> batch, @Nullable RedisUnavailableException failure) {
        RedisUnavailableException result = failure;
        for (BatchedCommand<?> command : batch) {
            if (!command.isAnswered()) {
                // So that Lettuce does not send it once the connection is back.
                command.completeExceptionally(result == null ? notSent() : result);
            }
            Throwable thrown = command.settle();
            if (thrown != null && result == null) {
                result = failed(FailureCause.REFUSED, command.getType() + " failed: " + thrown.getMessage(), thrown);
            }
        }
        return result;
    }

    private static RedisUnavailableException notSent() {
        return new RedisUnavailableException("Not sent", null);
    }

    private RedisUnavailableException failed(FailureCause cause, String message, @Nullable Throwable thrown) {
        if (meters != null) {
            meters.failure(cause);
        }
        return new RedisUnavailableException(message, thrown);
    }

    @Override
    public void close() {
        StatefulConnection<String, byte[]> current = connection;
        connection = null;
        if (current != null && current.isOpen()) {
            current.close();
        }
    }
}
