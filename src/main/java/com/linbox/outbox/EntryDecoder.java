package com.linbox.outbox;

import com.linbox.outbox.Delivery.Broadcast;
import com.linbox.outbox.Delivery.Disconnect;
import com.linbox.outbox.Delivery.Multicast;
import com.linbox.outbox.Delivery.Push;
import com.linbox.outbox.Delivery.SystemMessagesStored;
import com.linbox.protocol.PacketType;
import com.linbox.tracing.TraceContext;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@link EntryEncoder} wrote. A packet type or a kind of a newer LINBOX is passed over, so that those who write
 * can be brought up to date before those who read.
 */
final class EntryDecoder {

    private EntryDecoder() {}

    /** @throws IllegalArgumentException where the bytes are no entry of this version */
    static Entry decode(byte[] bytes) {
        ByteBuffer entry = ByteBuffer.wrap(bytes);
        try {
            byte version = entry.get();
            if (version != EntryEncoder.VERSION) {
                throw new IllegalArgumentException("version: " + version + " (expected: " + EntryEncoder.VERSION + ")");
            }
            return blocks(entry, entry.getLong(), entry.getLong());
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("Entry of " + bytes.length + " bytes ends too early", e);
        }
    }

    private static Entry blocks(ByteBuffer entry, long writer, long number) {
        List<Delivery> deliveries = new ArrayList<>();
        int unknown = 0;
        long arrival = Delivery.NO_ARRIVAL;
        TraceContext trace = null;
        Disconnect.Cause cause = Disconnect.Cause.REQUESTED;
        while (entry.hasRemaining()) {
            byte kind = entry.get();
            if (kind == EntryEncoder.TRACE) {
                trace = trace(entry);
                continue;
            }
            int before = deliveries.size();
            switch (kind) {
                case EntryEncoder.PUSH -> unknown += push(entry, deliveries, arrival);
                case EntryEncoder.DISCONNECT_CAUSE -> cause = cause(entry);
                case EntryEncoder.DISCONNECT -> {
                    deliveries.add(new Disconnect(
                            entry.getLong(), cause, new String(bytes(entry, entry.getInt()), StandardCharsets.UTF_8)));
                    cause = Disconnect.Cause.REQUESTED;
                }
                case EntryEncoder.BROADCAST -> unknown += broadcast(entry, deliveries);
                case EntryEncoder.MULTICAST -> unknown += multicast(entry, deliveries, arrival);
                case EntryEncoder.ARRIVED_AT -> arrival = arrival(entry);
                default -> unknown += other(kind, entry, deliveries);
            }
            boolean describesTheNext = kind == EntryEncoder.DISCONNECT_CAUSE || kind == EntryEncoder.ARRIVED_AT;
            if (trace != null && !describesTheNext) {
                TraceContext ofBlock = trace;
                deliveries.subList(before, deliveries.size()).replaceAll(delivery -> delivery.of(ofBlock));
                trace = null;
            }
        }
        return new Entry(writer, number, deliveries, unknown);
    }

    private static TraceContext trace(ByteBuffer entry) {
        int deliveries = entry.getInt();
        int length = length(entry, entry.getInt(), 1);
        if (deliveries != 0 || length != EntryEncoder.TRACE_LENGTH) {
            throw new IllegalArgumentException("trace: %d deliveries, %d bytes (expected: none, %d)"
                    .formatted(deliveries, length, EntryEncoder.TRACE_LENGTH));
        }
        return new TraceContext(entry.getLong(), entry.getLong(), entry.getLong());
    }

    /** Gives the number of deliveries that had to be passed over. */
    private static int push(ByteBuffer entry, List<Delivery> deliveries, long arrivedAt) {
        int connections = length(entry, entry.getInt(), Long.BYTES);
        ByteBuffer ids = entry.slice(entry.position(), connections * Long.BYTES);
        entry.position(entry.position() + connections * Long.BYTES);
        PacketType type = PacketType.ofCode(Short.toUnsignedInt(entry.getShort()));
        byte[] json = bytes(entry, entry.getInt());
        if (type == null) {
            return connections;
        }
        while (ids.hasRemaining()) {
            deliveries.add(new Push(ids.getLong(), type, json, arrivedAt));
        }
        return 0;
    }

    private static int broadcast(ByteBuffer entry, List<Delivery> deliveries) {
        PacketType type = PacketType.ofCode(Short.toUnsignedInt(entry.getShort()));
        byte[] json = bytes(entry, entry.getInt());
        if (type == null) {
            return 1;
        }
        deliveries.add(new Broadcast(type, json));
        return 0;
    }

    private static int multicast(ByteBuffer entry, List<Delivery> deliveries, long arrivedAt) {
        long[] connections = new long[length(entry, entry.getInt(), Long.BYTES)];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = entry.getLong();
        }
        PacketType type = PacketType.ofCode(Short.toUnsignedInt(entry.getShort()));
        byte[] json = bytes(entry, entry.getInt());
        if (type == null) {
            return 1;
        }
        deliveries.add(new Multicast(connections, type, json, arrivedAt));
        return 0;
    }

    private static long arrival(ByteBuffer entry) {
        int deliveries = entry.getInt();
        int length = length(entry, entry.getInt(), 1);
        if (deliveries != 0 || length != Long.BYTES) {
            throw new IllegalArgumentException("arrived at: %d deliveries, %d bytes (expected: none, %d)"
                    .formatted(deliveries, length, Long.BYTES));
        }
        return entry.getLong();
    }

    private static Disconnect.Cause cause(ByteBuffer entry) {
        entry.getInt();
        byte[] body = bytes(entry, entry.getInt());
        return body.length == 0 ? Disconnect.Cause.REQUESTED : Disconnect.Cause.ofCode(body[0]);
    }

    /** Of those kinds that say how long they are. */
    private static int other(byte kind, ByteBuffer entry, List<Delivery> deliveries) {
        if (kind < EntryEncoder.FIRST_OF_KNOWN_LENGTH) {
            throw new IllegalArgumentException("kind: " + kind + " (expected: >= 1)");
        }
        int count = entry.getInt();
        int length = length(entry, entry.getInt(), 1);
        ByteBuffer body = entry.slice(entry.position(), length);
        entry.position(entry.position() + length);
        if (kind != EntryEncoder.SYSTEM_MESSAGES_STORED) {
            return Math.max(0, count);
        }
        int stored = length(body, count, Long.BYTES);
        for (int i = 0; i < stored; i++) {
            deliveries.add(new SystemMessagesStored(body.getLong()));
        }
        return 0;
    }

    private static byte[] bytes(ByteBuffer entry, int length) {
        byte[] bytes = new byte[length(entry, length, 1)];
        entry.get(bytes);
        return bytes;
    }

    private static int length(ByteBuffer entry, int count, int size) {
        if (count < 0 || count > entry.remaining() / size) {
            throw new IllegalArgumentException("length: " + count + " (expected: 0.." + entry.remaining() / size + ")");
        }
        return count;
    }
}
