package com.linbox.client;

/** The server did not answer in time. Whether it acted on the request is unknown. */
public final class NoAnswerException extends LinboxClientException {

    public NoAnswerException(String message) {
        super(message, null);
    }
}
