package com.linbox.redis;

import com.linbox.health.Engine;
import com.linbox.health.EngineProbe;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** PING, over the connection that all threads share; in a cluster one of its servers is asked. */
final class RedisProbe implements EngineProbe {

    private final RedisConnections redis;

    RedisProbe(RedisConnections redis) {
        this.redis = redis;
    }

    @Override
    public Engine engine() {
        return Engine.REDIS;
    }

    @Override
    public void ask(Duration atMost) throws ExecutionException, InterruptedException, TimeoutException {
        redis.send(BaseRedisAsyncCommands::ping).toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
