package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Makes the frames of a WebSocket server (RFC 6455): not masked, never in fragments.
 *
 * @see WebSocketFrameDecoder the layout of a frame
 */
public final class WebSocketFrameEncoder {

    private static final int TEXT = 0x81;
    private static final int DEFLATED_TEXT = 0xC1;
    private static final int CLOSE = 0x88;
    private static final int PONG = 0x8A;
    private static final int LONGEST_HEADER = 10;

    /** Less does not become enough shorter to be worth a deflater's time. */
    private static final int SHORTEST_DEFLATED = 1_024;

    private WebSocketFrameEncoder() {}

    /**
     * Makes a packet a text frame, its name put before its JSON's fields.
     *
     * @param json an object without whitespace around it
     * @param deflate whether permessage-deflate was negotiated, without context takeover
     * @return a new buffer, which the caller writes or releases
     */
    public static ByteBuf text(ByteBufAllocator allocator, PacketType type, byte[] json, boolean deflate) {
        int length = NamedPackets.length(type, json);
        if (deflate && length >= SHORTEST_DEFLATED) {
            return deflated(allocator, NamedPackets.beginning(type), json);
        }
        ByteBuf frame = allocator.buffer(headerLength(length) + length);
        writeHeader(frame, TEXT, length);
        NamedPackets.write(type, json, frame);
        return frame;
    }

    private static ByteBuf deflated(ByteBufAllocator allocator, byte[] name, byte[] json) {
        ByteBuf frame = allocator.buffer(LONGEST_HEADER + json.length / 2);
        try {
            frame.writeZero(LONGEST_HEADER);
            MessageDeflate.deflate(name, json, 1, frame);
        } catch (RuntimeException e) {
            frame.release();
            throw e;
        }
        int length = frame.writerIndex() - LONGEST_HEADER;
        int end = frame.writerIndex();
        frame.setIndex(LONGEST_HEADER - headerLength(length), LONGEST_HEADER - headerLength(length));
        writeHeader(frame, DEFLATED_TEXT, length);
        return frame.writerIndex(end);
    }

    public static ByteBuf pong(ByteBufAllocator allocator, WebSocketPing ping) {
        int length = ping.payload().length;
        ByteBuf frame = allocator.buffer(headerLength(length) + length);
        writeHeader(frame, PONG, length);
        return frame.writeBytes(ping.payload());
    }

    /** @param code the status code, {@link WebSocketClose#NO_CODE} for none */
    public static ByteBuf close(ByteBufAllocator allocator, int code) {
        if (code == WebSocketClose.NO_CODE) {
            ByteBuf frame = allocator.buffer(2);
            writeHeader(frame, CLOSE, 0);
            return frame;
        }
        ByteBuf frame = allocator.buffer(4);
        writeHeader(frame, CLOSE, Short.BYTES);
        return frame.writeShort(code);
    }

    private static int headerLength(int length) {
        return length <= 125 ? 2 : length <= 0xFFFF ? 4 : LONGEST_HEADER;
    }

    private static void writeHeader(ByteBuf frame, int firstByte, int length) {
        frame.writeByte(firstByte);
        switch (headerLength(length)) {
            case 2 -> frame.writeByte(length);
            case 4 -> frame.writeByte(126).writeShort(length);
            default -> frame.writeByte(127).writeLong(length);
        }
    }
}
