package com.linbox.systemmessage;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** System messages in Redis; keys as in the package's table. */
final class RedisSystemMessages implements SystemMessages {

    private final RedisConnections redis;
    private final Supplier<SystemMessageSettings> settings;
    private final SystemMessageMeters meters;
    private final Clock clock;
    private final StoreScript store = new StoreScript();
    private final ConfirmScript confirm = new ConfirmScript();

    RedisSystemMessages(
            RedisConnections redis, Supplier<SystemMessageSettings> settings, SystemMessageMeters meters, Clock clock) {
        this.redis = redis;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void store(RedisBatch batch, Collection<Long> userIds, int type, String content) {
        SystemMessageSettings now = settings.get();
        byte[] typeBytes = LuaScript.bytes(type);
        byte[] contentBytes = LuaScript.bytes(content);
        for (long userId : userIds) {
            store.run(
                            batch,
                            SystemMessageKeys.of(userId),
                            clock.millis(),
                            typeBytes,
                            contentBytes,
                            now.maxStored(),
                            now.lifetime())
                    .thenAccept(dropped -> meters.stored((Long) dropped.get(0), (Long) dropped.get(1)));
        }
    }

    @Override
    public CompletionStage<SortedMap<Integer, Long>> unread(RedisBatch batch, long userId) {
        return batch.add(commands ->
                        commands.hgetall(SystemMessageKeys.of(userId).unread()))
                .thenApply(RedisSystemMessages::counts);
    }

    private static SortedMap<Integer, Long> counts(Map<String, byte[]> fields) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        ALWAYS_COUNTED.forEach(type -> counts.put(type, 0L));
        fields.forEach((type, count) -> counts.put(Integer.valueOf(type), Long.valueOf(LuaScript.text(count))));
        return counts;
    }

    @Override
    public void acknowledge(RedisBatch batch, long userId, int type) {
        batch.add(commands -> commands.hdel(SystemMessageKeys.of(userId).unread(), Integer.toString(type)));
    }

    @Override
    public CompletionStage<Long> position(long userId, String device) {
        return redis.send(commands ->
                        commands.hget(SystemMessageKeys.of(userId).positions(), SystemMessageKeys.field(device)))
                .thenApply(found -> found == null ? 0L : Long.parseLong(LuaScript.text(found)));
    }

    @Override
    public CompletionStage<List<StoredSystemMessage>> after(long userId, long msgId, int limit) {
        // What has expired may be there until the next one is stored.
        long oldest = clock.millis() - settings.get().lifetime().toMillis();
        String from = Math.max(msgId + 1, oldest) + "-0";
        Range<String> range = Range.from(Range.Boundary.including(from), Range.Boundary.unbounded());
        return redis.send(
                        commands -> commands.xrange(SystemMessageKeys.of(userId).messages(), range, Limit.from(limit)))
                .thenApply(this::messages);
    }

    private List<StoredSystemMessage> messages(List<StreamMessage<String, byte[]>> entries) {
        meters.read(entries.size());
        return entries.stream().map(RedisSystemMessages::message).toList();
    }

    private static StoredSystemMessage message(StreamMessage<String, byte[]> entry) {
        String id = entry.getId();
        return new StoredSystemMessage(
                Long.parseLong(id.substring(0, id.indexOf('-'))),
                Integer.parseInt(field(entry, StoreScript.TYPE)),
                field(entry, StoreScript.CONTENT),
                Long.parseLong(field(entry, StoreScript.TIME)));
    }

    private static String field(StreamMessage<String, byte[]> entry, String name) {
        return LuaScript.text(Objects.requireNonNull(entry.getBody().get(name), name));
    }

    @Override
    public CompletionStage<Void> confirm(long userId, String device, long msgId) {
        return redis.send(commands -> confirm.run(
                        commands,
                        SystemMessageKeys.of(userId),
                        SystemMessageKeys.field(device),
                        msgId,
                        settings.get().lifetime()))
                .thenAccept(meters::confirmed);
    }
}
