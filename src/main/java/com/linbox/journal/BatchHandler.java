package com.linbox.journal;

import java.util.List;

/** Works on requests, a batch at a time. Each consumer thread has its own handler; all calls come from that thread. */
public interface BatchHandler extends AutoCloseable {

    /**
     * Handles records, those of one key in the order of the list. Returns when all are done, for they are then never
     * seen again. After an exception the same records come again, for as long as it takes: that is what an engine that is
     * away needs. What can never be handled goes to {@link DeadLetters} instead.
     */
    void handle(List<JournalRecord> batch);

    /** Records of other keys may come from now on, or known ones no more. */
    default void onReassigned() {}

    /** The thread has ended; no call follows. */
    @Override
    default void close() {}
}
