package com.linbox.journal;

/** More bytes wait for Kafka than {@code linbox.journal.buffer} allows. */
final class JournalFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalFullException(long limit) {
        super("waiting for Kafka: more than " + limit + " bytes", null, false, false);
    }
}
