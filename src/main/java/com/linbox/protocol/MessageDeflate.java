package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and inflates messages of WebSocket as permessage-deflate says (RFC 7692), each by itself: no message refers to
 * one before it. So one deflater and one inflater serve all connections of a thread, where each connection would need 300 KB
 * of its own otherwise.
 */
final class MessageDeflate {

    /** What every message would end with, and is left out. */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final int SMALLEST_OUTPUT = 256;

    private static final FastThreadLocal<Deflater> DEFLATER = new FastThreadLocal<>() {
        @Override
        protected Deflater initialValue() {
            return new Deflater(Deflater.BEST_SPEED, true);
        }

        @Override
        protected void onRemoval(Deflater deflater) {
            deflater.end();
        }
    };

    private static final FastThreadLocal<Inflater> INFLATER = new FastThreadLocal<>() {
        @Override
        protected Inflater initialValue() {
            return new Inflater(true);
        }

        @Override
        protected void onRemoval(Inflater inflater) {
            inflater.end();
        }
    };

    private MessageDeflate() {}

    /** Appends the compressed message, which is the two parts one after the other, to {@code out}. */
    static void deflate(byte[] beginning, byte[] rest, int from, ByteBuf out) {
        Deflater deflater = DEFLATER.get();
        deflater.reset();
        deflater.setInput(beginning);
        while (!deflater.needsInput()) {
            append(deflater, Deflater.NO_FLUSH, out);
        }
        deflater.setInput(rest, from, rest.length - from);
        boolean full;
        do {
            full = append(deflater, Deflater.SYNC_FLUSH, out);
        } while (full);
        out.writerIndex(out.writerIndex() - TAIL.length);
    }

    /** Returns whether there may be more. */
    private static boolean append(Deflater deflater, int flush, ByteBuf out) {
        out.ensureWritable(SMALLEST_OUTPUT);
        int room = out.writableBytes();
        int written = deflater.deflate(out.nioBuffer(out.writerIndex(), room), flush);
        out.writerIndex(out.writerIndex() + written);
        return written == room;
    }

    /**
     * Inflates a message, no further than to the limit.
     *
     * @return a new buffer, or null where the message is longer
     * @throws DataFormatException where it is not compressed
     */
    static @Nullable ByteBuf inflate(ByteBufAllocator allocator, ByteBuf message, int max) throws DataFormatException {
        int most = max + 1;
        int guess = Math.min(most, Math.max(SMALLEST_OUTPUT, 4 * message.readableBytes()));
        ByteBuf out = allocator.buffer(guess, most);
        boolean done = false;
        try {
            done = inflate(message, out) && out.readableBytes() <= max;
            return done ? out : null;
        } finally {
            if (!done) {
                out.release();
            }
        }
    }

    /** Returns false where it does not fit. */
    private static boolean inflate(ByteBuf message, ByteBuf out) throws DataFormatException {
        Inflater inflater = INFLATER.get();
        inflater.reset();
        inflater.setInput(message.nioBuffer());
        boolean tail = false;
        while (!inflater.finished()) {
            if (!out.isWritable()) {
                if (out.capacity() == out.maxCapacity()) {
                    return false;
                }
                out.ensureWritable(Math.min(out.capacity(), out.maxCapacity() - out.capacity()));
            }
            int written = inflater.inflate(out.nioBuffer(out.writerIndex(), out.writableBytes()));
            out.writerIndex(out.writerIndex() + written);
            if (written > 0) {
                continue;
            }
            if (!inflater.needsInput()) {
                throw new DataFormatException("a dictionary is wanted");
            }
            if (tail) {
                break;
            }
            inflater.setInput(TAIL);
            tail = true;
        }
        return true;
    }
}
