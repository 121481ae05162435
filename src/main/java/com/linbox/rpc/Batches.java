package com.linbox.rpc;

import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/** Redis batches for calls, which come on any thread: as many as calls were carried out at the same time. Thread-safe. */
final class Batches implements AutoCloseable {

    private final RedisConnections redis;
    private final Deque<RedisBatch> idle = new ConcurrentLinkedDeque<>();

    Batches(RedisConnections redis) {
        this.redis = redis;
    }

    /** Runs something with a batch that nobody else has meanwhile. */
    <T> T with(Function<RedisBatch, T> work) {
        RedisBatch batch = idle.pollFirst();
        if (batch == null) {
            batch = redis.newBatch();
        }
        boolean clean = false;
        try {
            T result = work.apply(batch);
            clean = true;
            return result;
        } finally {
            if (clean) {
                idle.addFirst(batch);
            } else {
                // Commands that were never executed may be left in it.
                batch.close();
            }
        }
    }

    @Override
    public void close() {
        for (RedisBatch batch = idle.pollFirst(); batch != null; batch = idle.pollFirst()) {
            batch.close();
        }
    }
}
