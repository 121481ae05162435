package com.linbox.gateway;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The token buckets of users, each shared by the user's connections to this gateway. One outlives its last connection for
 * as long as it is not full again: signing in anew gives nobody new tokens. Thread-safe.
 */
final class UserBuckets {

    private static final long RETRY_SECONDS = 2;

    private final ConcurrentMap<Long, Shared> byUser = new ConcurrentHashMap<>();

    /** The user's bucket, to be given back with {@link #release} by each who has asked for it. */
    TokenBucket acquire(long userId, long now) {
        return byUser.compute(userId, (id, existing) -> {
                    Shared shared = existing == null ? new Shared(new TokenBucket(now)) : existing;
                    shared.holders++;
                    return shared;
                })
                .bucket;
    }

    /** @param executor where to look after it until it is full */
    void release(long userId, EventExecutor executor) {
        byUser.computeIfPresent(userId, (id, shared) -> {
            shared.holders--;
            return shared;
        });
        dropWhenFull(userId, executor);
    }

    private void dropWhenFull(long userId, EventExecutor executor) {
        Shared left = byUser.computeIfPresent(
                userId,
                (id, shared) -> shared.holders == 0
                                && shared.bucket.isFull(executor.ticker().nanoTime())
                        ? null
                        : shared);
        if (left != null && left.holders == 0 && !executor.isShuttingDown()) {
            executor.schedule(() -> dropWhenFull(userId, executor), RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    int size() {
        return byUser.size();
    }

    /** {@code holders} is only touched inside of the map's own computations. */
    private static final class Shared {

        final TokenBucket bucket;
        volatile int holders;

        Shared(TokenBucket bucket) {
            this.bucket = bucket;
        }
    }
}
