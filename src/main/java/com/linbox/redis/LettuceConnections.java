package com.linbox.redis;

import com.linbox.redis.RedisMeters.FailureCause;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of the Lettuce client that Spring's factory has made, used without Spring's layer above it, which knows no
 * asynchronous commands.
 */
final class LettuceConnections implements RedisConnections, AutoCloseable {

    static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private static final Logger log = LoggerFactory.getLogger(LettuceConnections.class);
    private static final long RETRY_MILLIS = 1_000;

    private final AbstractRedisClient client;
    private final Duration timeout;
    private final RedisMeters meters;
    private volatile @Nullable StatefulConnection<String, byte[]> shared;
    private @Nullable Thread connecting;

    LettuceConnections(AbstractRedisClient client, Duration timeout, RedisMeters meters) {
        this.client = client;
        this.timeout = timeout;
        this.meters = meters;
    }

    /**
     * Connects, or goes on trying in the background where Redis is away: commands are refused until it is there.
     *
     * @throws IllegalStateException where Redis is too old
     */
    synchronized void start() {
        try {
            connectShared();
        } catch (RedisException e) {
            log.warn("Redis cannot be reached, trying on: {}", rootMessage(e));
            Thread thread = new Thread(this::connectSharedAtLast, "linbox-redis-connect");
            thread.setDaemon(true);
            thread.start();
            connecting = thread;
        }
    }

    private void connectSharedAtLast() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(RETRY_MILLIS);
                connectShared();
                log.info("Redis is there");
                return;
            } catch (InterruptedException e) {
                return;
            } catch (IllegalStateException e) {
                log.error("{}", e.getMessage());
                return;
            } catch (RedisException e) {
                log.debug("Redis still cannot be reached", e);
            }
        }
    }

    private void connectShared() {
        StatefulConnection<String, byte[]> connection = connect();
        RedisVersion.require(commandsOf(connection), timeout);
        shared = connection;
    }

    private StatefulConnection<String, byte[]> connect() {
        if (client instanceof RedisClusterClient cluster) {
            return cluster.connect(CODEC);
        }
        return ((RedisClient) client).connect(CODEC);
    }

    private static RedisClusterAsyncCommands<String, byte[]> commandsOf(StatefulConnection<String, byte[]> connection) {
        if (connection instanceof StatefulRedisClusterConnection<String, byte[]> cluster) {
            return cluster.async();
        }
        return ((StatefulRedisConnection<String, byte[]>) connection).async();
    }

    @Override
    public <T> CompletionStage<T> send(
            Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> command) {
        StatefulConnection<String, byte[]> connection = shared;
        if (connection == null) {
            meters.failure(FailureCause.UNREACHABLE);
            return CompletableFuture.failedFuture(
                    new RedisUnavailableException("Redis has not been reached since the start", null));
        }
        return command.apply(commandsOf(connection)).handle(this::outcome);
    }

    private <T> T outcome(T result, @Nullable Throwable thrown) {
        if (thrown == null) {
            return result;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        meters.failure(
                cause instanceof io.lettuce.core.RedisCommandTimeoutException
                        ? FailureCause.TIMEOUT
                        : FailureCause.REFUSED);
        throw new RedisUnavailableException("Redis did not carry out a command: " + cause.getMessage(), cause);
    }

    @Override
    public RedisBatch newBatch() {
        return newBatch(meters);
    }

    @Override
    public RedisBatch newWaitingBatch() {
        return newBatch(null);
    }

    private RedisBatch newBatch(@Nullable RedisMeters itsMeters) {
        return new PipelinedBatch(this::connect, client instanceof RedisClient, timeout, itsMeters);
    }

    @Override
    public Duration commandTimeout() {
        return timeout;
    }

    /** The connections of batches are closed by their owners, or with the client. */
    @Override
    public synchronized void close() {
        if (connecting != null) {
            connecting.interrupt();
        }
        StatefulConnection<String, byte[]> connection = shared;
        if (connection != null && connection.isOpen()) {
            connection.close();
        }
    }

    private static @Nullable String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
