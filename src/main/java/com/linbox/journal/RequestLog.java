package com.linbox.journal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The queue of requests that routers work on. Thread-safe. */
public interface RequestLog {

    /**
     * Appends a request without blocking. Requests of one caller thread with one key keep their order.
     *
     * @param key what must be handled in order: a conversation's key or a user's id
     * @param whenDone told null when the request is safe on all replicas that must have it, or the failure: it may then
     *     have been appended or not. Called exactly once, on any thread, this one included; it must not block
     */
    void publish(Topic topic, String key, Origin origin, byte[] value, Consumer<@Nullable Exception> whenDone);

    /**
     * Whether so much waits that no more should be taken in than has been already, lest it be refused. It ends when the
     * log has caught up to well below where it began.
     */
    boolean isCongested();

    /** Has the listener called after each end of a congestion, on any thread; it must not block. */
    void onRelief(Runnable listener);
}
