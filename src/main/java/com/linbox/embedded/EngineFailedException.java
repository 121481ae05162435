package com.linbox.embedded;

/**
 * An engine inside this process cannot run. The message is one sentence for whoever started it, naming what is in the way
 * (a port, a folder, a setting) and what to do about it where that is not plain.
 */
public final class EngineFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EngineFailedException(String message) {
        super(message);
    }

    public EngineFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
