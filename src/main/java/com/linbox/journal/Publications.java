package com.linbox.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What one thread has on its way to Kafka, to be waited for together. Not thread-safe. */
public final class Publications {

    private final RequestLog log;
    private final List<CompletableFuture<Void>> underway = new ArrayList<>();

    public Publications(RequestLog log) {
        this.log = log;
    }

    /** As {@link RequestLog#publish}. */
    public void publish(Topic topic, String key, Origin origin, byte[] value) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        log.publish(topic, key, origin, value, failure -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
        underway.add(done);
    }

    /**
     * Returns when everything published is safe.
     *
     * @throws JournalUnavailableException where something may not be
     */
    public void await() {
        try {
            CompletableFuture.allOf(underway.toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw new JournalUnavailableException(e.getCause());
        } finally {
            underway.clear();
        }
    }
}
