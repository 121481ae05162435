package com.linbox.journal;

import org.jspecify.annotations.Nullable;

/** Kafka did not take something in time. Nothing is wrong with what it did not take, which may have been appended or not. */
public final class JournalUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalUnavailableException(@Nullable Throwable cause) {
        super("Kafka does not take what follows from requests", cause);
    }
}
