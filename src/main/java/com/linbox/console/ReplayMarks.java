package com.linbox.console;

import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters were sent again, in Redis, where every console sees it. A letter itself cannot be changed, for Kafka only adds. As
 * many as operators have sent again, which is few. Thread-safe.
 */
final class ReplayMarks {

    static final String KEY = "linbox:console:replayed";

    private static final Duration LIFETIME = Duration.ofDays(90);

    private final RedisConnections redis;

    ReplayMarks(RedisConnections redis) {
        this.redis = redis;
    }

    /**
     * That a letter was sent again.
     *
     * @param at when, the last time, in milliseconds since the epoch
     * @param session by whom, as in the audit log
     */
    record Mark(long at, String session) {}

    /** @param places of letters, {@code partition@offset}; those that were not sent again are left out of the answer */
    Map<String, Mark> of(List<String> places) {
        if (places.isEmpty()) {
            return Map.of();
        }
        try (RedisBatch batch = redis.newBatch()) {
            List<CompletableFuture<byte[]>> values = new ArrayList<>();
            places.forEach(place -> values.add(batch.add(commands -> commands.hget(KEY, place))));
            batch.execute();
            Map<String, Mark> marks = new HashMap<>();
            for (int i = 0; i < places.size(); i++) {
                Mark mark = read(values.get(i).join());
                if (mark != null) {
                    marks.put(places.get(i), mark);
                }
            }
            return marks;
        }
    }

    private static @Nullable Mark read(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        String[] parts = new String(value, StandardCharsets.UTF_8).split(" ", 2);
        return parts.length == 2 && parts[0].matches("\\d{1,18}") ? new Mark(Long.parseLong(parts[0]), parts[1]) : null;
    }

    void mark(String place, Mark mark) {
        byte[] value = (mark.at() + " " + mark.session()).getBytes(StandardCharsets.UTF_8);
        try (RedisBatch batch = redis.newBatch()) {
            batch.add(commands -> commands.hset(KEY, place, value));
            batch.add(commands -> commands.expire(KEY, LIFETIME));
            batch.execute();
        }
    }
}
