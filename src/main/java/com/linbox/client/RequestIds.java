package com.linbox.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Request ids that no other client of the same user has used or will use, without anything kept between runs: two
 * messages with one id would be taken for a message and its retry, and the second would be lost.
 *
 * <pre>
 *  62                                        20                    0
 * +-----------------------------------------+---------------------+
 * | milliseconds since the epoch, or one     | drawn at random when |
 * | more than the last id's                  | the client is made   |
 * +-----------------------------------------+---------------------+
 * </pre>
 *
 * The ids of a client rise. One that makes more than one a millisecond runs ahead of the clock, which harms nothing: the
 * random part keeps it apart from other devices and from its own next run. Thread-safe.
 */
final class RequestIds {

    private static final int RANDOM_BITS = 21;

    private final long random = ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
    private final AtomicLong last = new AtomicLong();

    long next() {
        long now = System.currentTimeMillis();
        return last.updateAndGet(before -> Math.max(before + 1, now)) << RANDOM_BITS | random;
    }
}
