package com.linbox.health;

import java.time.Duration;

/** A role cannot start, because something that it needs for that does not answer. */
public final class AbsentEngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param setting that says where it is
     * @param place where that is, without any secrets
     */
    public AbsentEngineException(String setting, String place, Duration waited, Exception cause) {
        super(
                "%s: %s does not answer (waited for %d s); is that right, and is it running?"
                        .formatted(setting, place, waited.toSeconds()),
                cause);
    }
}
