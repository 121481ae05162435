package com.linbox.tracing;

/** What spans say of themselves. Never what a message says. */
public enum SpanFact {
    PACKET_TYPE("linbox.packet_type"),
    USER_ID("linbox.user_id"),
    REQUEST_ID("linbox.r_id"),
    TOPIC("messaging.destination.name"),
    PARTITION("messaging.destination.partition.id"),
    OFFSET("messaging.kafka.offset"),
    BATCH_SIZE("messaging.batch.message_count"),
    CONNECTION_ID("linbox.connection_id");

    private final String key;

    SpanFact(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
