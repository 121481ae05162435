package com.linbox.outbox;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Counts what one writer puts on one stream, so that the reader notices what never arrives. Whoever uses it must write in
 * the order in which it counts.
 */
final class DeliveryCounter {

    private final long writer = ThreadLocalRandom.current().nextLong();
    private long deliveries;

    long writer() {
        return writer;
    }

    /** Counts {@code more} deliveries and gives how many there were before. */
    long add(int more) {
        long before = deliveries;
        deliveries += more;
        return before;
    }
}
