package com.linbox.rpc;

import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Finds the sessions of users. Thread-safe. */
final class SessionFinder {

    private final Presence presence;
    private final Batches batches;

    SessionFinder(Presence presence, Batches batches) {
        this.presence = presence;
        this.batches = batches;
    }

    List<Session> of(long userId) {
        return of(List.of(userId)).getOrDefault(userId, List.of());
    }

    /** By user, in their order; users without any are in it too. */
    Map<Long, List<Session>> of(Collection<Long> userIds) {
        return batches.with(batch -> {
            Map<Long, CompletionStage<List<Session>>> asked = new LinkedHashMap<>();
            userIds.forEach(userId -> asked.put(userId, presence.sessions(batch, userId)));
            batch.execute();
            Map<Long, List<Session>> found = new LinkedHashMap<>();
            asked.forEach((userId, sessions) ->
                    found.put(userId, sessions.toCompletableFuture().join()));
            return found;
        });
    }
}
