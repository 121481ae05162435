package com.linbox.outbox;

import com.linbox.outbox.Delivery.Broadcast;
import com.linbox.outbox.Delivery.Disconnect;
import com.linbox.outbox.Delivery.Multicast;
import com.linbox.outbox.Delivery.Push;
import com.linbox.outbox.Delivery.SystemMessagesStored;
import com.linbox.outbox.Delivery.Traced;
import com.linbox.protocol.PacketType;
import com.linbox.tracing.TraceContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes deliveries as the bytes of stream entries. All numbers are big endian.
 *
 * <pre>
 * entry       version: 1 byte, 1 | writer: 8 bytes | number: 8 bytes | blocks up to the end
 * push        kind: 1 byte, 1 | n: 4 bytes | n connection ids: 8 bytes each
 *             | packet type: 2 bytes | length: 4 bytes | JSON: length bytes
 * disconnect  kind: 1 byte, 2 | connection id: 8 bytes | length: 4 bytes | reason: length bytes of UTF-8
 * broadcast   kind: 1 byte, 3 | packet type: 2 bytes | length: 4 bytes | JSON: length bytes
 * multicast   kind: 1 byte, 4 | the rest as a push
 * any other   kind: 1 byte, 5 or more | n: 4 bytes, how many deliveries it stands for
 *             | length: 4 bytes | body: length bytes
 * system messages stored
 *             kind 5; body: n connection ids, 8 bytes each
 * cause of the disconnect that follows
 *             kind 6, n = 0; body: {@link Disconnect.Cause} by its code, 1 byte. Absent: 0
 * arrived at  kind 7, n = 0; body: milliseconds since the epoch, 8 bytes
 * trace       kind 8, n = 0; body: trace id: 16 bytes | span id: 8 bytes
 * </pre>
 *
 * When the request had arrived, 0 where that is of no interest, holds for all pushes and multicasts that follow it up to the next
 * such block; it is 0 at the beginning of an entry. The deliveries of the block after a trace, or after the cause or the arrival
 * that stands between, are parts of that trace.
 *
 * Kinds from 5 up begin alike, so that a reader who does not know one passes over it. Pushes that follow each other and
 * share the same array of JSON become one block: what goes to many connections of a gateway travels once. So do stored system
 * messages that follow each other.
 *
 * @see Entry what writer and number are for
 * @see EntryDecoder
 */
final class EntryEncoder {

    static final byte VERSION = 1;
    static final byte PUSH = 1;
    static final byte DISCONNECT = 2;
    static final byte BROADCAST = 3;
    static final byte MULTICAST = 4;

    /** From here on kinds say how many deliveries and bytes they are. */
    static final byte FIRST_OF_KNOWN_LENGTH = 5;

    static final byte SYSTEM_MESSAGES_STORED = 5;
    static final byte DISCONNECT_CAUSE = 6;
    static final byte ARRIVED_AT = 7;
    static final byte TRACE = 8;
    static final int TRACE_LENGTH = 3 * Long.BYTES;

    private static final int ENTRY_HEADER = 1 + Long.BYTES + Long.BYTES;
    private static final int PUSH_HEADER = 1 + Integer.BYTES + Short.BYTES + Integer.BYTES;
    private static final int DISCONNECT_HEADER = 1 + Long.BYTES + Integer.BYTES;
    private static final int BROADCAST_HEADER = 1 + Short.BYTES + Integer.BYTES;
    private static final int OTHER_HEADER = 1 + Integer.BYTES + Integer.BYTES;
    private static final int ARRIVAL = OTHER_HEADER + Long.BYTES;

    private final int maxBytes;

    /** @param maxBytes size of an entry; only an entry of a single delivery may be larger */
    EntryEncoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** An encoded entry and how many deliveries are in it. */
    record Encoded(byte[] bytes, int deliveries) {}

    /** @param number how many deliveries this writer has put on the stream before */
    List<Encoded> encode(List<? extends Delivery> deliveries, long writer, long number) {
        List<Encoded> entries = new ArrayList<>(1);
        int from = 0;
        while (from < deliveries.size()) {
            int size = ENTRY_HEADER + cost(deliveries, from, from, Delivery.NO_ARRIVAL);
            long arrival = arrivalAfter(deliveries.get(from), Delivery.NO_ARRIVAL);
            int to = from + 1;
            while (to < deliveries.size()) {
                int cost = cost(deliveries, to, from, arrival);
                if (size + cost > maxBytes) {
                    break;
                }
                size += cost;
                arrival = arrivalAfter(deliveries.get(to), arrival);
                to++;
            }
            ByteBuffer entry = ByteBuffer.allocate(size);
            entry.put(VERSION).putLong(writer).putLong(number + from);
            write(deliveries.subList(from, to), Delivery.NO_ARRIVAL, entry);
            entries.add(new Encoded(entry.array(), to - from));
            from = to;
        }
        return entries;
    }

    /** An entry without deliveries, by which a reader makes its stream. */
    static byte[] empty() {
        return ByteBuffer.allocate(ENTRY_HEADER).put(VERSION).array();
    }

    /** What holds for what follows a delivery, where {@code arrival} holds before it. */
    private static long arrivalAfter(Delivery delivery, long arrival) {
        if (delivery instanceof Traced traced) {
            return arrivalAfter(traced.delivery(), arrival);
        }
        if (delivery instanceof Push push) {
            return push.arrivedAt();
        }
        return delivery instanceof Multicast multicast ? multicast.arrivedAt() : arrival;
    }

    /** How many bytes a delivery adds to an entry that begins with the delivery at {@code from}, where {@code arrival} holds. */
    private static int cost(List<? extends Delivery> deliveries, int index, int from, long arrival) {
        int arrivalBlock = arrivalAfter(deliveries.get(index), arrival) == arrival ? 0 : ARRIVAL;
        return arrivalBlock + cost(deliveries, index, from);
    }

    private static int cost(List<? extends Delivery> deliveries, int index, int from) {
        Delivery delivery = deliveries.get(index);
        if (delivery instanceof Traced traced) {
            return OTHER_HEADER + TRACE_LENGTH + cost(List.of(traced.delivery()), 0, 0);
        }
        if (delivery instanceof Push push) {
            return index > from && shareBlock(deliveries.get(index - 1), push)
                    ? Long.BYTES
                    : PUSH_HEADER + Long.BYTES + push.json().length;
        }
        if (delivery instanceof Broadcast broadcast) {
            return BROADCAST_HEADER + broadcast.json().length;
        }
        if (delivery instanceof Multicast multicast) {
            return PUSH_HEADER + multicast.connectionIds().length * Long.BYTES + multicast.json().length;
        }
        if (delivery instanceof SystemMessagesStored) {
            boolean inBlock = index > from && deliveries.get(index - 1) instanceof SystemMessagesStored;
            return inBlock ? Long.BYTES : OTHER_HEADER + Long.BYTES;
        }
        Disconnect disconnect = (Disconnect) delivery;
        int cause = hasCause(disconnect) ? OTHER_HEADER + 1 : 0;
        return cause + DISCONNECT_HEADER + reason(disconnect).length;
    }

    private static boolean shareBlock(Delivery one, Delivery next) {
        return one instanceof Push first
                && next instanceof Push second
                && first.json() == second.json()
                && first.type() == second.type()
                && first.arrivedAt() == second.arrivedAt();
    }

    private static void write(List<? extends Delivery> deliveries, long arrivalBefore, ByteBuffer entry) {
        int index = 0;
        long arrival = arrivalBefore;
        while (index < deliveries.size()) {
            Delivery delivery = deliveries.get(index);
            int end = index + 1;
            if (arrivalAfter(delivery, arrival) != arrival) {
                arrival = arrivalAfter(delivery, arrival);
                entry.put(ARRIVED_AT).putInt(0).putInt(Long.BYTES).putLong(arrival);
            }
            if (delivery instanceof Traced traced) {
                write(traced.trace(), entry);
                write(List.of(traced.delivery()), arrival, entry);
            } else if (delivery instanceof Push push) {
                while (end < deliveries.size() && shareBlock(push, deliveries.get(end))) {
                    end++;
                }
                write(push, deliveries.subList(index, end), entry);
            } else if (delivery instanceof Broadcast broadcast) {
                entry.put(BROADCAST);
                write(broadcast.type(), broadcast.json(), entry);
            } else if (delivery instanceof Multicast multicast) {
                entry.put(MULTICAST).putInt(multicast.connectionIds().length);
                for (long connectionId : multicast.connectionIds()) {
                    entry.putLong(connectionId);
                }
                write(multicast.type(), multicast.json(), entry);
            } else if (delivery instanceof SystemMessagesStored) {
                while (end < deliveries.size() && deliveries.get(end) instanceof SystemMessagesStored) {
                    end++;
                }
                writeStored(deliveries.subList(index, end), entry);
            } else {
                write((Disconnect) delivery, entry);
            }
            index = end;
        }
    }

    private static void write(TraceContext trace, ByteBuffer entry) {
        entry.put(TRACE).putInt(0).putInt(TRACE_LENGTH);
        entry.putLong(trace.traceHigh()).putLong(trace.traceLow()).putLong(trace.spanId());
    }

    private static void write(Push push, List<? extends Delivery> connections, ByteBuffer entry) {
        entry.put(PUSH).putInt(connections.size());
        connections.forEach(delivery -> entry.putLong(((Push) delivery).connectionId()));
        write(push.type(), push.json(), entry);
    }

    private static void writeStored(List<? extends Delivery> connections, ByteBuffer entry) {
        entry.put(SYSTEM_MESSAGES_STORED).putInt(connections.size()).putInt(connections.size() * Long.BYTES);
        connections.forEach(delivery -> entry.putLong(((SystemMessagesStored) delivery).connectionId()));
    }

    private static void write(PacketType type, byte[] json, ByteBuffer entry) {
        entry.putShort((short) type.code()).putInt(json.length).put(json);
    }

    /** A reader of an earlier version passes over the cause, and carries the disconnect out. */
    private static void write(Disconnect disconnect, ByteBuffer entry) {
        if (hasCause(disconnect)) {
            entry.put(DISCONNECT_CAUSE).putInt(0).putInt(1);
            entry.put(disconnect.cause().code());
        }
        byte[] reason = reason(disconnect);
        entry.put(DISCONNECT).putLong(disconnect.connectionId());
        entry.putInt(reason.length).put(reason);
    }

    private static boolean hasCause(Disconnect disconnect) {
        return disconnect.cause() != Disconnect.Cause.REQUESTED;
    }

    private static byte[] reason(Disconnect disconnect) {
        return disconnect.reason().getBytes(StandardCharsets.UTF_8);
    }
}
