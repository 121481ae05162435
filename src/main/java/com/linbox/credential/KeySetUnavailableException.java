package com.linbox.credential;

/** The keys that would tell whether a token is right cannot be had at the moment. */
final class KeySetUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeySetUnavailableException(String message) {
        // No stack trace: thrown for each sign-in of an outage.
        super(message, null, false, false);
    }
}
