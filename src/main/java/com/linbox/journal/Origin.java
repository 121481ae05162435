package com.linbox.journal;

import com.linbox.protocol.PacketType;
import com.linbox.tracing.TraceContext;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from and where its response goes.
 *
 * <p>In a record's header {@code o}, all numbers big endian:
 *
 * <pre>
 *  0         1             3               11          19           27
 * +---------+-------------+---------------+-----------+------------+------------------+-----------------+---------+
 * | version | packet type | connection id | user id   | arrived at | gateway id       | device          | trusted |
 * | 1 byte  | 2 bytes     | 8 bytes       | 8 bytes   | 8 bytes    | 2-byte length, … | 2-byte length, …| 1 byte  |
 * +---------+-------------+---------------+-----------+------------+------------------+-----------------+---------+
 * </pre>
 *
 * @param gatewayId whose outbox takes the response
 * @param userId who is signed in there
 * @param arrivedAt when the gateway had read the request, in milliseconds since the epoch
 * @param trusted whether the product's back end asks on the user's behalf, which needs no right of the user's own
 * @param trace where in a trace the request is, in a header of its own; null where it is in none
 */
public record Origin(
        PacketType type,
        String gatewayId,
        long connectionId,
        long userId,
        String device,
        long arrivedAt,
        boolean trusted,
        @Nullable TraceContext trace) {

    private static final byte LAYOUT = 1;

    /** Of a request that a user's own client has sent. */
    public Origin(PacketType type, String gatewayId, long connectionId, long userId, String device, long arrivedAt) {
        this(type, gatewayId, connectionId, userId, device, arrivedAt, false, null);
    }

    /** The same at another place in a trace. */
    public Origin at(@Nullable TraceContext place) {
        return new Origin(type, gatewayId, connectionId, userId, device, arrivedAt, trusted, place);
    }

    /** Whether this connection of this gateway has sent it. */
    public boolean isOf(String gateway, long connection) {
        return connectionId == connection && gatewayId.equals(gateway);
    }

    byte[] toBytes() {
        byte[] gateway = gatewayId.getBytes(StandardCharsets.UTF_8);
        byte[] deviceBytes = device.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + 2 + 3 * 8 + 2 + gateway.length + 2 + deviceBytes.length + 1)
                .put(LAYOUT)
                .putShort((short) type.code())
                .putLong(connectionId)
                .putLong(userId)
                .putLong(arrivedAt)
                .putShort((short) gateway.length)
                .put(gateway)
                .putShort((short) deviceBytes.length)
                .put(deviceBytes)
                .put((byte) (trusted ? 1 : 0))
                .array();
    }

    /** @throws IllegalArgumentException where the bytes are not such a header */
    static Origin ofBytes(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte layout = in.get();
            int code = in.getShort();
            PacketType type = PacketType.ofCode(code);
            if (layout != LAYOUT || type == null || !type.isRequest()) {
                throw new IllegalArgumentException("origin: layout " + layout + ", packet type " + code
                        + " (expected: layout " + LAYOUT + ", a request's)");
            }
            long connectionId = in.getLong();
            long userId = in.getLong();
            long arrivedAt = in.getLong();
            return new Origin(type, text(in), connectionId, userId, text(in), arrivedAt, in.get() != 0, null);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("origin: cut off after " + bytes.length + " bytes", e);
        }
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
