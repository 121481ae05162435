package com.linbox.group;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisConnections;
import java.time.Clock;
import java.util.concurrent.CompletionStage;

/** Group ids from Redis; keys as in the package's table. */
final class RedisGroupIds implements GroupIds {

    private final RedisConnections redis;
    private final Clock clock;
    private final GroupIdScript ids = new GroupIdScript();
    private final RequestedGroupScript requested = new RequestedGroupScript();

    RedisGroupIds(RedisConnections redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Long> next() {
        return redis.send(commands -> ids.run(commands, clock.millis()));
    }

    @Override
    public CompletionStage<Long> ofRequest(long userId, long requestId) {
        return next().thenCompose(id -> redis.send(commands -> requested.run(commands, userId, requestId, id)))
                .thenApply(id -> Long.parseLong(LuaScript.text(id)));
    }
}
