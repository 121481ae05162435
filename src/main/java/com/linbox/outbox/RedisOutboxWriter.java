package com.linbox.outbox;

import com.linbox.outbox.EntryEncoder.Encoded;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Adds entries to the streams of gateways. */
final class RedisOutboxWriter implements OutboxWriter {

    private final RedisConnections redis;
    private final OutboxProperties properties;
    private final OutboxMeters meters;
    private final EntryEncoder encoder;

    /** Counting must follow the order of writing, which is known within one batch only. */
    private final Map<RedisBatch, StreamCounters> batchCounters = new WeakHashMap<>();

    private final StreamCounters singleCounters = new StreamCounters();

    RedisOutboxWriter(RedisConnections redis, OutboxProperties properties, OutboxMeters meters) {
        this.redis = redis;
        this.properties = properties;
        this.meters = meters;
        this.encoder = new EntryEncoder(Math.toIntExact(properties.maxEntry().toBytes()));
    }

    @Override
    public void write(RedisBatch batch, String gatewayId, List<? extends Delivery> deliveries) {
        StreamCounters counters;
        synchronized (batchCounters) {
            counters = batchCounters.computeIfAbsent(batch, key -> new StreamCounters());
        }
        for (Encoded entry : encode(counters, gatewayId, deliveries)) {
            batch.add(commands -> add(commands, gatewayId, entry)).thenAccept(id -> count(entry, id));
        }
    }

    @Override
    public CompletionStage<Void> write(String gatewayId, List<? extends Delivery> deliveries) {
        // Sending is part of it: entries must leave in the order in which they were counted.
        synchronized (singleCounters) {
            CompletableFuture<?>[] written = encode(singleCounters, gatewayId, deliveries).stream()
                    .map(entry -> redis.send(commands -> add(commands, gatewayId, entry))
                            .thenAccept(id -> count(entry, id))
                            .toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            return CompletableFuture.allOf(written);
        }
    }

    private List<Encoded> encode(StreamCounters counters, String gatewayId, List<? extends Delivery> deliveries) {
        DeliveryCounter counter = counters.of(gatewayId);
        return encoder.encode(deliveries, counter.writer(), counter.add(deliveries.size()));
    }

    private RedisFuture<String> add(
            RedisClusterAsyncCommands<String, byte[]> commands, String gatewayId, Encoded entry) {
        XAddArgs onlyIfThere =
                XAddArgs.Builder.nomkstream().maxlen(properties.maxEntries()).approximateTrimming();
        return commands.xadd(OutboxKey.of(gatewayId), onlyIfThere, Map.of(OutboxKey.FIELD, entry.bytes()));
    }

    private void count(Encoded entry, @Nullable String id) {
        if (id == null) {
            meters.dropped(entry.deliveries());
        } else {
            meters.written(entry);
        }
    }
}
