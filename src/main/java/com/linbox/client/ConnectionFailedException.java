package com.linbox.client;

import org.jspecify.annotations.Nullable;

/** There is no connection: it could not be made, or it ended before the answer came. */
public final class ConnectionFailedException extends LinboxClientException {

    public ConnectionFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
