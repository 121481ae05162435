package com.linbox.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/** Kafka's client for questions about topics, made when first needed: a start has no use for it. Thread-safe. */
final class JournalAdmin implements AutoCloseable {

    /** Longer than whoever asks is ready to wait. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(3);

    /** While Kafka is away each attempt to connect costs a line in the log. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Map<String, Object> properties;
    private @Nullable Admin admin;
    private boolean closed;

    JournalAdmin(Map<String, Object> properties) {
        this.properties = new HashMap<>(properties);
        this.properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LONGEST_CALL.toMillis());
        this.properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LONGEST_CALL.toMillis());
        this.properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) LONGEST_PAUSE.toMillis());
    }

    synchronized Admin get() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (admin == null) {
            admin = Admin.create(properties);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
