package com.linbox.outbox;

/** The key of a gateway's stream, see the package's table. */
final class OutboxKey {

    /** The one field of every entry. */
    static final String FIELD = "d";

    private OutboxKey() {}

    static String of(String gatewayId) {
        return "linbox:outbox:{" + gatewayId + "}";
    }
}
