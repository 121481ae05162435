package com.linbox.systemmessage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of storing system messages. */
final class SystemMessageMeters {

    /** Messages stored, one for each user. */
    static final String STORED = "linbox.system.messages.stored";

    /**
     * Messages dropped, seen or not, when a later one was stored: tag {@code cause}, {@code age} or {@code number}. What
     * expires with nothing after it is not counted.
     */
    static final String DROPPED = "linbox.system.messages.dropped";

    /** Messages read to be written to a device, each as often as it was read. */
    static final String READ = "linbox.system.messages.read";

    /** Positions of devices moved up. */
    static final String CONFIRMED = "linbox.system.messages.confirmed";

    private final Counter stored;
    private final Counter read;
    private final Counter confirmed;
    private final Counter aged;
    private final Counter crowded;

    SystemMessageMeters(MeterRegistry registry) {
        stored = Counter.builder(STORED)
                .baseUnit("messages")
                .description("System messages stored, one for each user")
                .register(registry);
        read = Counter.builder(READ)
                .baseUnit("messages")
                .description("System messages read for a device")
                .register(registry);
        confirmed = Counter.builder(CONFIRMED)
                .baseUnit("positions")
                .description("Positions of devices moved up")
                .register(registry);
        aged = dropped(registry, "age");
        crowded = dropped(registry, "number");
    }

    private static Counter dropped(MeterRegistry registry, String cause) {
        return Counter.builder(DROPPED)
                .baseUnit("messages")
                .description("System messages dropped when a later one was stored")
                .tag("cause", cause)
                .register(registry);
    }

    void stored(long droppedForAge, long droppedForNumber) {
        stored.increment();
        aged.increment(droppedForAge);
        crowded.increment(droppedForNumber);
    }

    void read(int messages) {
        read.increment(messages);
    }

    void confirmed(long positions) {
        confirmed.increment(positions);
    }
}
