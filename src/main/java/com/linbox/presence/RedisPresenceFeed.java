package com.linbox.presence;

import com.linbox.redis.RedisBatch;
import java.util.function.LongConsumer;

/** Asks a cache of sessions, over a connection of its own. */
final class RedisPresenceFeed implements PresenceFeed {

    private final RedisBatch batch;
    private final RedisSessionCache cache;

    /** @param cache for as many users as will be asked for */
    RedisPresenceFeed(RedisBatch batch, RedisSessionCache cache) {
        this.batch = batch;
        this.cache = cache;
    }

    @Override
    public boolean refresh(LongConsumer changed) {
        return cache.refresh(batch, changed);
    }

    @Override
    public void online(long[] userIds, Found found) {
        cache.sessions(batch, userIds, (userId, sessions) -> found.online(userId, !sessions.isEmpty()));
        batch.execute();
    }

    @Override
    public void forget(long userId) {
        cache.forget(userId);
    }

    @Override
    public void close() {
        batch.close();
    }
}
