package com.linbox.journal;

import java.util.Collection;

/** Where records go that can never be handled, so that they hold up nobody. */
public interface DeadLetters {

    /**
     * Puts the record aside with its cause and returns when it is safe there.
     *
     * @throws IllegalStateException where Kafka did not take it; the record is then to be handled again
     */
    void bury(JournalRecord record, Throwable cause);

    /** The same for several with one cause. */
    void bury(Collection<JournalRecord> records, Throwable cause);
}
