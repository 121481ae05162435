package com.linbox.journal;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A request as a router gets it. */
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

    /** The packet's JSON as it came. */
    public byte[] json() {
        return source.value();
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
