package com.linbox.router;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.store.MessageStore;
import com.linbox.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one wave reads from the database: the newest messages of all conversations at once, histories side by side on the
 * threads of a pool. Not thread-safe.
 */
final class StoreReads {

    private final MessageStore store;
    private final ExecutorService pulls;
    private final Set<Conversation> wanted = new LinkedHashSet<>();
    private final List<FutureTask<List<Message>>> histories = new ArrayList<>();
    private Map<Conversation, Message> newest = Map.of();

    StoreReads(MessageStore store, ExecutorService pulls) {
        this.store = store;
        this.pulls = pulls;
    }

    void wantNewest(Conversation conversation) {
        wanted.add(conversation);
    }

    /** The newest message of a wanted conversation, null where it has none; to be called after {@link #run()}. */
    @Nullable
    Message newest(Conversation conversation) {
        return newest.get(conversation);
    }

    /** Begins to read a history; the result is to be asked for after {@link #run()}. */
    Supplier<List<Message>> pull(Conversation conversation, long afterMsgId, long upToMsgId, int limit) {
        var history = new FutureTask<>(() -> store.pull(conversation, afterMsgId, upToMsgId, limit));
        histories.add(history);
        return () -> result(history);
    }

    void run() {
        // The first one is read on this thread, for most waves have one at most.
        for (FutureTask<List<Message>> history : histories.subList(Math.min(1, histories.size()), histories.size())) {
            pulls.execute(history);
        }
        if (!histories.isEmpty()) {
            histories.get(0).run();
        }
        if (!wanted.isEmpty()) {
            newest = store.newest(wanted);
        }
        histories.forEach(StoreReads::result);
    }

    private static List<Message> result(FutureTask<List<Message>> history) {
        try {
            return history.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while reading a history", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
