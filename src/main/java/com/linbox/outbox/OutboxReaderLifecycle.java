package com.linbox.outbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.SmartLifecycle;

/**
 * Stops readers at the role's end, should their users not have done so: while the Redis client, which is closed in phase 0,
 * is still there to remove the stream. Starting is up to a reader's user.
 */
final class OutboxReaderLifecycle implements SmartLifecycle {

    private static final int BEFORE_REDIS = 1;

    private final List<OutboxReader> readers = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    void add(OutboxReader reader) {
        readers.add(reader);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        readers.forEach(OutboxReader::stop);
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
