package com.linbox.client;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The sign-ins of one client: who it is, and how many there have been. By that a server tells one that arrives late, after the client
 * has given it up, from the one that has come after it. Confined to one event loop.
 */
final class SignIns {

    /** So that every language can hold it exactly. */
    private static final long GREATEST_ID = (1L << 53) - 1;

    private final long clientId = ThreadLocalRandom.current().nextLong(1, GREATEST_ID);
    private long attempts;

    /** One of them. */
    record Attempt(long clientId, long number) {}

    Attempt next() {
        attempts++;
        return new Attempt(clientId, attempts);
    }
}
