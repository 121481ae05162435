package com.linbox.outbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds gaps in what the writers of a stream have counted: deliveries that were trimmed before they were read because
 * there were too many, lost by Redis, or refused by it. Bounded: the writer that was silent for longest is forgotten,
 * which may count deliveries as missed that were not.
 */
final class MissedDeliveries {

    private static final int MAX_WRITERS = 10_000;

    private final Map<Long, Long> next = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MAX_WRITERS;
        }
    };

    /** How many deliveries of the entry's writer should have come before this entry and did not. */
    long before(Entry entry) {
        if (entry.size() == 0) {
            return 0;
        }
        long expected = next.getOrDefault(entry.writer(), 0L);
        // An entry that is read a second time, after Redis was restored to an earlier state, is no gap.
        next.put(entry.writer(), Math.max(expected, entry.number() + entry.size()));
        return Math.max(0, entry.number() - expected);
    }
}
