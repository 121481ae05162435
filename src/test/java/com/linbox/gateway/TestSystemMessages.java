package com.linbox.gateway;

import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisUnavailableException;
import com.linbox.systemmessage.StoredSystemMessage;
import com.linbox.systemmessage.SystemMessages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** System messages of a single user, kept in memory; numbered from 1. */
final class TestSystemMessages implements SystemMessages {

    private final List<StoredSystemMessage> stored = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private boolean away;

    /** How many parts were asked for. */
    volatile int asked;

    /** How many positions were to be stored. */
    int confirmations;

    synchronized void store(String content) {
        stored.add(new StoredSystemMessage(stored.size() + 1, 30, content, 1_000));
    }

    synchronized long confirmed(String device) {
        return positions.getOrDefault(device, 0L);
    }

    /** Answers nothing any more until {@link #release}. */
    synchronized void hold() {
        holding = true;
    }

    synchronized void release() {
        holding = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    synchronized void setAway(boolean now) {
        away = now;
    }

    @Override
    public synchronized CompletionStage<Long> position(long userId, String device) {
        return answer(confirmed(device));
    }

    @Override
    public synchronized CompletionStage<List<StoredSystemMessage>> after(long userId, long msgId, int limit) {
        asked++;
        return answer(stored.stream()
                .filter(message -> message.msgId() > msgId)
                .limit(limit)
                .toList());
    }

    @Override
    public synchronized CompletionStage<Void> confirm(long userId, String device, long msgId) {
        confirmations++;
        if (!away) {
            positions.merge(device, msgId, Math::max);
        }
        return answer(null);
    }

    private <T> CompletionStage<T> answer(T value) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable give = away
                ? () -> answer.completeExceptionally(new RedisUnavailableException("away", null))
                : () -> answer.complete(value);
        if (holding) {
            held.add(give);
        } else {
            give.run();
        }
        return answer;
    }

    @Override
    public void store(RedisBatch batch, Collection<Long> userIds, int type, String content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<SortedMap<Integer, Long>> unread(RedisBatch batch, long userId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void acknowledge(RedisBatch batch, long userId, int type) {
        throw new UnsupportedOperationException();
    }
}
