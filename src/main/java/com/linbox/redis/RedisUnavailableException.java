package com.linbox.redis;

import org.jspecify.annotations.Nullable;

/** Redis did not carry out a command in time, or at all. What was asked for may or may not have happened. */
public final class RedisUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RedisUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
