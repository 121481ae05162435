package com.linbox.outbox;

import java.util.List;
import java.util.function.Consumer;

/**
 * Reads one gateway's deliveries, in the order written, on a thread of its own. While Redis is away it waits and goes on
 * where it was.
 */
public interface OutboxReader {

    /**
     * Makes the gateway's stream and begins to read it.
     *
     * @param listener called on the reader's thread with a block of deliveries at a time; what it throws is logged and
     *     counted, and reading goes on
     */
    void start(String gatewayId, Consumer<List<Delivery>> listener);

    /** Ends the thread and removes the stream. */
    void stop();
}
