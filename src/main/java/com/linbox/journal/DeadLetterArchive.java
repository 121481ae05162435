package com.linbox.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies in {@code linbox.dead}, for operators to look at and to send again. Each question reads from Kafka, one after the other:
 * made for a person who looks, not for programs. Thread-safe. Every method throws {@link JournalUnavailableException} where
 * Kafka did not answer in time.
 */
public interface DeadLetterArchive {

    /**
     * A page of letters, as good as newest first: within a partition of the topic exactly so, between partitions by the clocks of those
     * who put them aside.
     *
     * @param before where the page before ended, null for the first
     * @param limit how many at most, 1 to 200
     * @throws IllegalArgumentException where {@code before} is none that a page had
     */
    Page newest(@Nullable String before, int limit);

    /**
     * A page.
     *
     * @param older to be asked for next; null where there are none
     */
    record Page(List<DeadLetter> letters, @Nullable String older) {}

    /** A letter with what it says; null where there is none, or none any more. */
    @Nullable
    Content find(int partition, long offset);

    /**
     * A letter with what it says.
     *
     * @param value as the topic that it comes from carries it
     */
    record Content(DeadLetter letter, byte[] value) {}

    /**
     * Publishes a letter again where it came from, with its key, value and headers and one more that names the letter, and returns when
     * Kafka has it. The letter stays where it is. Sending one twice is the handlers' to bear: a message that is stored is not stored
     * again.
     *
     * @return whether it was there; nothing has happened where it was not
     * @throws IllegalStateException where it does not say where it came from
     */
    boolean replay(int partition, long offset);
}
