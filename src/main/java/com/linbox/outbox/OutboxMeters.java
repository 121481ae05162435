package com.linbox.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What is measured of the way from routers to gateways. */
final class OutboxMeters {

    /** Entries, deliveries and bytes that Redis has taken. */
    static final String WRITTEN_ENTRIES = "linbox.outbox.written.entries";

    static final String WRITTEN_DELIVERIES = "linbox.outbox.written.deliveries";
    static final String WRITTEN_BYTES = "linbox.outbox.written.bytes";

    /** Deliveries for gateways that have no stream: they have ended. */
    static final String DROPPED = "linbox.outbox.dropped";

    /** Entries, deliveries and bytes that the gateway has read. */
    static final String READ_ENTRIES = "linbox.outbox.read.entries";

    static final String READ_DELIVERIES = "linbox.outbox.read.deliveries";
    static final String READ_BYTES = "linbox.outbox.read.bytes";

    /** Deliveries that never arrived: trimmed before they were read, lost or refused by Redis. */
    static final String MISSED = "linbox.outbox.missed";

    /** Deliveries passed over because this version does not know them, and entries that are not readable at all. */
    static final String UNREADABLE = "linbox.outbox.unreadable";

    /** How often Redis had lost the stream. */
    static final String RECREATED = "linbox.outbox.recreated";

    /** How often Redis could not be read. */
    static final String READ_FAILURES = "linbox.outbox.read.failures";

    /** Blocks at which the listener failed. */
    static final String LISTENER_FAILURES = "linbox.outbox.listener.failures";

    /** Entries that wait on the streams of this process: of its gateway, and of its rpc instance. */
    static final String DEPTH = "linbox.outbox.depth";

    private final Counter writtenEntries;
    private final Counter writtenDeliveries;
    private final Counter writtenBytes;
    private final Counter dropped;
    private final Counter readEntries;
    private final Counter readDeliveries;
    private final Counter readBytes;
    private final Counter missed;
    private final Counter unreadable;
    private final Counter recreated;
    private final Counter readFailures;
    private final Counter listenerFailures;
    private final AtomicLong depth = new AtomicLong();

    OutboxMeters(MeterRegistry registry) {
        writtenEntries = counter(registry, WRITTEN_ENTRIES, "entries", "Entries written");
        writtenDeliveries = counter(registry, WRITTEN_DELIVERIES, "deliveries", "Deliveries written");
        writtenBytes = counter(registry, WRITTEN_BYTES, "bytes", "Bytes written");
        dropped = counter(registry, DROPPED, "deliveries", "Deliveries for gateways that have ended");
        readEntries = counter(registry, READ_ENTRIES, "entries", "Entries read");
        readDeliveries = counter(registry, READ_DELIVERIES, "deliveries", "Deliveries read");
        readBytes = counter(registry, READ_BYTES, "bytes", "Bytes read");
        missed = counter(registry, MISSED, "deliveries", "Deliveries that never arrived");
        unreadable = counter(registry, UNREADABLE, "deliveries", "Deliveries that this version does not know");
        recreated = counter(registry, RECREATED, "streams", "Times that Redis had lost the stream");
        readFailures = counter(registry, READ_FAILURES, "failures", "Times that Redis could not be read");
        listenerFailures = counter(registry, LISTENER_FAILURES, "failures", "Blocks at which the listener failed");
        Gauge.builder(DEPTH, depth, AtomicLong::doubleValue)
                .baseUnit("entries")
                .description("Entries that waited when the stream was last read")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String unit, String description) {
        return Counter.builder(name).baseUnit(unit).description(description).register(registry);
    }

    void written(EntryEncoder.Encoded entry) {
        writtenEntries.increment();
        writtenDeliveries.increment(entry.deliveries());
        writtenBytes.increment(entry.bytes().length);
    }

    void dropped(int deliveries) {
        dropped.increment(deliveries);
    }

    void read(List<byte[]> entries, int deliveries) {
        readEntries.increment(entries.size());
        readDeliveries.increment(deliveries);
        long bytes = 0;
        for (byte[] entry : entries) {
            bytes += entry.length;
        }
        readBytes.increment(bytes);
    }

    /** A stream has become so much longer, or shorter. */
    void depth(long change) {
        depth.addAndGet(change);
    }

    void missed(long deliveries) {
        missed.increment(deliveries);
    }

    void unreadable(int deliveries) {
        unreadable.increment(deliveries);
    }

    void recreated() {
        recreated.increment();
    }

    void readFailure() {
        readFailures.increment();
    }

    void listenerFailure() {
        listenerFailures.increment();
    }
}
