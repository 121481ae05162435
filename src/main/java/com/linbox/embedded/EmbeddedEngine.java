package com.linbox.embedded;

import java.util.Map;

/**
 * A server that runs inside this process, or as its child, listens on loopback only and keeps its data in a folder of its
 * own. What it has acknowledged survives {@code kill -9}.
 */
public sealed interface EmbeddedEngine extends AutoCloseable
        permits EmbeddedKafka, EmbeddedZooKeeper, EmbeddedRedis, EmbeddedH2 {

    /** What to call it in a message, such as {@code Kafka}. */
    String name();

    /**
     * Starts it and returns once it answers.
     *
     * @throws EngineFailedException if it cannot run; nothing of it is left then
     */
    void start();

    /** The properties by which LINBOX finds it. They are known before it has started. */
    Map<String, String> properties();

    /** Stops it and returns once it is gone. Does nothing if it does not run. */
    @Override
    void close();
}
