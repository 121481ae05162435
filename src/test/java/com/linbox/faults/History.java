package com.linbox.faults;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The events of a run, as they come. To be used from any thread. */
final class History {

    private final long start = System.nanoTime();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    /** Milliseconds since the run began. */
    long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    void add(Event event) {
        events.add(event);
    }

    List<Event> events() {
        return List.copyOf(events);
    }
}
