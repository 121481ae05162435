package com.linbox.tracing;

/** What spans are of, by the names that collectors show. */
public enum SpanName {
    /** A gateway takes a client's request: from when it is read until Kafka has it. */
    REQUEST("gateway request", Kind.ENTRY),
    /** The rpc role takes a call that adds to a conversation: until it is answered. */
    CALL("rpc call", Kind.ENTRY),
    /** A router works on a record: as long as on the whole batch that it is in. */
    HANDLE("router handle", Kind.FROM_QUEUE),
    /** A router stores the messages of a batch. */
    STORE("router store", Kind.INSIDE),
    /** A gateway writes an answer or a message to a connection: from when it is read from the outbox. */
    DELIVER("gateway deliver", Kind.FROM_QUEUE);

    /** As OpenTelemetry tells spans apart. */
    enum Kind {
        ENTRY,
        FROM_QUEUE,
        INSIDE
    }

    private final String text;
    private final Kind kind;

    SpanName(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    String text() {
        return text;
    }

    Kind kind() {
        return kind;
    }
}
