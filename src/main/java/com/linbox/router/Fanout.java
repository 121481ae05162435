package com.linbox.router;

import com.linbox.group.GroupState;
import com.linbox.journal.Origin;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Hands stored group messages on to those who tell the members, in parts, so that a huge group delays nobody. Not thread-safe. */
final class Fanout {

    private final RequestLog log;
    private final int chunkSize;
    private final List<CompletableFuture<Void>> underway = new ArrayList<>();

    /** @param chunkSize how many members a part is for, about */
    Fanout(RequestLog log, int chunkSize) {
        this.log = log;
        this.chunkSize = chunkSize;
    }

    /** @param state the group as it was when the message was stored */
    void publish(Message message, Origin origin, GroupState state) {
        int chunks = state.members().chunks(chunkSize);
        byte[] json = FanoutPart.json(message);
        for (int chunk = 0; chunk < chunks; chunk++) {
            FanoutPart part = FanoutPart.of(state, message, chunk, chunks, json);
            CompletableFuture<Void> done = new CompletableFuture<>();
            log.publish(Topic.FANOUT, part.key(), origin, part.toBytes(), failure -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
            underway.add(done);
        }
    }

    /**
     * Returns when everything published is safe.
     *
     * @throws FanoutUnavailableException where something may not be
     */
    void await() {
        try {
            CompletableFuture.allOf(underway.toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw new FanoutUnavailableException(e.getCause());
        } finally {
            underway.clear();
        }
    }
}
