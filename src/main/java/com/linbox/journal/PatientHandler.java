package com.linbox.journal;

/**
 * Works on records that may have to wait for long, for a day even, without holding up those that come after them. All calls
 * come from one thread.
 */
public interface PatientHandler extends AutoCloseable {

    /**
     * Does what can be done at this moment, and settles it. Called again at once where more has come or something was settled,
     * otherwise after some hundred milliseconds. It must not wait for longer than a few minutes. After an exception it is called
     * again; what was settled before stays settled.
     *
     * @param waiting everything that is not settled yet
     */
    void handle(Waiting waiting);

    /** The thread has ended; no call follows. */
    @Override
    default void close() {}
}
