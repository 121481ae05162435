package com.linbox.gateway;

import com.linbox.group.GroupIds;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Ids of new groups, 5001 and on, for gateways without engines. */
final class CountingGroupIds implements GroupIds {

    private final AtomicLong last = new AtomicLong(5_000);
    private final Map<String, Long> ofRequests = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Long> next() {
        return CompletableFuture.completedStage(last.incrementAndGet());
    }

    @Override
    public CompletionStage<Long> ofRequest(long userId, long requestId) {
        return CompletableFuture.completedStage(
                ofRequests.computeIfAbsent(userId + ":" + requestId, request -> last.incrementAndGet()));
    }
}
