package com.linbox.router;

import org.jspecify.annotations.Nullable;

/** Kafka did not take what is to be told to a group's members; nothing is wrong with the messages. */
final class FanoutUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FanoutUnavailableException(@Nullable Throwable cause) {
        super("Kafka does not take what a group's members are to be told", cause);
    }
}
