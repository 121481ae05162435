package com.linbox.outbox;

import org.springframework.context.SmartLifecycle;

/**
 * Stops the reader at the role's end, should its user not have done so: while the Redis client, which is closed in phase 0,
 * is still there to remove the stream. Starting is up to the reader's user.
 */
final class OutboxReaderLifecycle implements SmartLifecycle {

    private static final int BEFORE_REDIS = 1;

    private final OutboxReader reader;
    private volatile boolean running;

    OutboxReaderLifecycle(OutboxReader reader) {
        this.reader = reader;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        reader.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_REDIS;
    }
}
