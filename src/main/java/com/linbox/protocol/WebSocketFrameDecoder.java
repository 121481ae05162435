package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a WebSocket client sends (RFC 6455) into {@link Frame}s, one for each text message, fragments put together;
 * reports its {@link WebSocketPing}s and its {@link WebSocketClose}, after which nothing is decoded, and passes over pongs.
 * Where something is wrong it hands on one {@link BadFrame} and passes over all that follows. It never holds more than one
 * message of the limit's size, as it came, and inflates none further than that.
 *
 * <p>Netty's own decoder cannot be given another limit while it stands in the middle of a frame, as a client's sign-in
 * wants it, and needs two more handlers behind it to put fragments together and to inflate.
 *
 * <pre>
 *  0               1               2                   (2, 4 or 10)
 * +-+-----+-------+-+-------------+-------------------+---------------+-----------+
 * |F|RSV  |opcode |M| length      | length, where the | masking key   | payload … |
 * |I|1..3 |       |A| 0 … 125,    | seven bits say    |               |           |
 * |N|     |       |S| 126 or 127  | 126 or 127        |               |           |
 * +-+-----+-------+-+-------------+-------------------+---------------+-----------+
 *                                    2 or 8 bytes       4 bytes
 * </pre>
 */
public final class WebSocketFrameDecoder extends BoundedDecoder {

    private static final int FIN = 0x80;
    private static final int DEFLATED = 0x40;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MASK_LENGTH = 4;
    private static final int LONGEST_CONTROL = 125;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final boolean deflate;
    private @Nullable ByteBuf fragments;
    private boolean fragmentsDeflated;
    private int messageBytes;
    private boolean over;

    /**
     * @param maxContent the longest text in bytes that is accepted, also after inflating, at least 1
     * @param deflate whether permessage-deflate was negotiated, without context takeover
     */
    public WebSocketFrameDecoder(int maxContent, boolean deflate) {
        super(maxContent);
        this.deflate = deflate;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (over) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < 2) {
            return;
        }
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        BadFrame.Fault fault = fault(first, second);
        if (fault != null) {
            fail(fault, first, in, out);
            return;
        }
        int sevenBits = second & LENGTH;
        int lengthBytes = sevenBits == EIGHT_BYTES ? Long.BYTES : sevenBits == TWO_BYTES ? Short.BYTES : 0;
        int header = 2 + lengthBytes + MASK_LENGTH;
        if (in.readableBytes() < header - MASK_LENGTH) {
            return;
        }
        long length =
                switch (lengthBytes) {
                    case Long.BYTES -> in.getLong(start + 2);
                    case Short.BYTES -> in.getUnsignedShort(start + 2);
                    default -> sevenBits;
                };
        int before = fragments == null ? 0 : fragments.readableBytes();
        if (length < 0 || !isControl(first) && length > maxContent() - before) {
            fail(BadFrame.Fault.BAD_LENGTH, length < 0 ? length : before + length, in, out);
            return;
        }
        if (in.readableBytes() - header < length) {
            return;
        }
        int mask = in.getInt(start + header - MASK_LENGTH);
        in.skipBytes(header);
        ByteBuf payload = in.readRetainedSlice((int) length);
        unmask(payload, mask);
        if (isControl(first)) {
            control(first, payload, in, out);
        } else {
            messageBytes += header + (int) length;
            data(ctx, first, payload, in, out);
        }
    }

    /** What a frame's first two bytes tell against it, or null. */
    private BadFrame.@Nullable Fault fault(int first, int second) {
        int reserved = first & RESERVED;
        int length = second & LENGTH;
        boolean permitted = (second & MASKED) != 0
                && switch (first & OPCODE) {
                    case TEXT -> fragments == null && (reserved == 0 || reserved == DEFLATED && deflate);
                    case CONTINUATION -> fragments != null && reserved == 0;
                    case CLOSE -> reserved == 0 && (first & FIN) != 0 && length <= LONGEST_CONTROL && length != 1;
                    case PING, PONG -> reserved == 0 && (first & FIN) != 0 && length <= LONGEST_CONTROL;
                    case BINARY -> true;
                    default -> false;
                };
        if (!permitted) {
            return BadFrame.Fault.WEB_SOCKET_VIOLATION;
        }
        return (first & OPCODE) == BINARY ? BadFrame.Fault.BINARY : null;
    }

    private static boolean isControl(int first) {
        return (first & OPCODE) >= CLOSE;
    }

    /** In place: the bytes are nobody else's. */
    private static void unmask(ByteBuf payload, int mask) {
        int at = payload.readerIndex();
        int end = payload.writerIndex();
        long twice = (long) mask << Integer.SIZE | Integer.toUnsignedLong(mask);
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            payload.setLong(at, payload.getLong(at) ^ twice);
        }
        for (int shift = 24; at < end; at++, shift = (shift - 8) & 31) {
            payload.setByte(at, payload.getByte(at) ^ mask >>> shift);
        }
    }

    private void control(int first, ByteBuf payload, ByteBuf in, List<Object> out) {
        try {
            switch (first & OPCODE) {
                case PING -> out.add(new WebSocketPing(ByteBufUtil.getBytes(payload)));
                case CLOSE -> {
                    over = true;
                    in.skipBytes(in.readableBytes());
                    out.add(new WebSocketClose(
                            payload.isReadable() ? payload.readUnsignedShort() : WebSocketClose.NO_CODE));
                }
                default -> {
                    // A pong: that the client was heard is all it says.
                }
            }
        } finally {
            payload.release();
        }
    }

    private void data(ChannelHandlerContext ctx, int first, ByteBuf payload, ByteBuf in, List<Object> out) {
        boolean deflated = fragments == null ? (first & DEFLATED) != 0 : fragmentsDeflated;
        if ((first & FIN) == 0 || fragments != null) {
            payload = together(ctx, payload);
        }
        if ((first & FIN) == 0) {
            fragments = payload;
            fragmentsDeflated = deflated;
            return;
        }
        fragments = null;
        message(ctx, payload, deflated, in, out);
    }

    /** The fragments so far with this one, in a buffer of their own: they must not hold what they were read into. */
    private ByteBuf together(ChannelHandlerContext ctx, ByteBuf payload) {
        try {
            ByteBuf all = fragments == null ? ctx.alloc().buffer(payload.readableBytes()) : fragments;
            return all.writeBytes(payload);
        } finally {
            payload.release();
        }
    }

    private void message(ChannelHandlerContext ctx, ByteBuf payload, boolean deflated, ByteBuf in, List<Object> out) {
        ByteBuf text = payload;
        if (deflated) {
            try {
                text = MessageDeflate.inflate(ctx.alloc(), payload, maxContent());
            } catch (DataFormatException e) {
                fail(BadFrame.Fault.UNREADABLE_TEXT, 0, in, out);
                return;
            } finally {
                payload.release();
            }
            if (text == null) {
                fail(BadFrame.Fault.BAD_LENGTH, maxContent() + 1L, in, out);
                return;
            }
        }
        if (!ByteBufUtil.isText(text, StandardCharsets.UTF_8)) {
            text.release();
            fail(BadFrame.Fault.UNREADABLE_TEXT, 0, in, out);
            return;
        }
        Object read = NamedPackets.read(text, messageBytes);
        messageBytes = 0;
        if (read instanceof BadFrame bad) {
            fail(bad.fault(), bad.offending(), in, out);
        } else {
            out.add(read);
        }
    }

    private void fail(BadFrame.Fault fault, long offending, ByteBuf in, List<Object> out) {
        over = true;
        in.skipBytes(in.readableBytes());
        forgetFragments();
        out.add(new BadFrame(fault, offending));
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        forgetFragments();
    }

    private void forgetFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }
}
