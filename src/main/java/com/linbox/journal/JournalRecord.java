package com.linbox.journal;

import com.linbox.tracing.TraceContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A request, or what follows from one, as a router gets it. */
public final class JournalRecord {

    private final Origin origin;
    private final ConsumerRecord<byte[], byte[]> source;

    JournalRecord(Origin origin, ConsumerRecord<byte[], byte[]> source) {
        this.origin = origin;
        this.source = source;
    }

    public Origin origin() {
        return origin;
    }

    /** What the topic carries, see the package's table: of a request, its packet's JSON as it came. */
    public byte[] value() {
        return source.value();
    }

    /** The same at another place in a trace. */
    JournalRecord at(@Nullable TraceContext place) {
        return new JournalRecord(origin.at(place), source);
    }

    ConsumerRecord<byte[], byte[]> source() {
        return source;
    }

    /** Where it stands, never what it says. */
    @Override
    public String toString() {
        return source.topic() + "-" + source.partition() + "@" + source.offset() + " " + origin.type();
    }
}
