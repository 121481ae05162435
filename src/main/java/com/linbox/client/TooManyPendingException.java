package com.linbox.client;

/** As many requests as {@link ClientSettings#maxPending()} allows wait for their answers already. Nothing was sent. */
public final class TooManyPendingException extends LinboxClientException {

    public TooManyPendingException(int limit) {
        super("pending requests: " + limit + " (expected: fewer, or a larger maxPending)", null);
    }
}
