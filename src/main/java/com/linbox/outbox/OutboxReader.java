package com.linbox.outbox;

import java.util.List;
import java.util.function.Consumer;

/**
 * Reads one gateway's deliveries, in the order written, on a thread of its own. While Redis is away it waits and goes on
 * where it was. An instance of the rpc role has a stream too, on which it is answered like a gateway. As a bean it is a
 * prototype: whoever has it injected has one of their own.
 */
public interface OutboxReader {

    /**
     * Makes the gateway's stream and begins to read it. Returns when the stream is there, so that whoever hears of the
     * gateway from now on can write to it; where Redis is away, this is made up for in the background.
     *
     * @param listener called on the reader's thread with a block of deliveries at a time; what it throws is logged and
     *     counted, and reading goes on
     */
    void start(String gatewayId, Consumer<List<Delivery>> listener);

    /** Ends the thread and removes the stream; done at the role's end where its user did not. Does nothing where nothing was started. */
    void stop();
}
