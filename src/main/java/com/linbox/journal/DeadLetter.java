package com.linbox.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that was put aside in {@code linbox.dead}, without what it says.
 *
 * @param partition of {@code linbox.dead}, where it is now; with the offset it names the letter
 * @param buriedAt when it was put aside, in milliseconds since the epoch; of those that an earlier LINBOX has put aside, when it
 *     had arrived
 * @param place where it stood, {@code topic-partition@offset}; empty where the record does not say
 * @param topic of that place, where it would be sent to again; null where that is no topic of ours
 * @param cause what failed
 * @param origin who had asked for it; null where that is not readable
 * @param replayOf the dead letter, {@code partition@offset}, that was sent again and has become this one; null where it is none such
 * @param key as text
 * @param bytes how long the record's value is
 * @param headers all others, as text
 */
public record DeadLetter(
        int partition,
        long offset,
        long buriedAt,
        String place,
        @Nullable Topic topic,
        String cause,
        @Nullable Origin origin,
        @Nullable String replayOf,
        String key,
        int bytes,
        Map<String, String> headers) {}
