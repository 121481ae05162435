package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Makes frames, of the version whose content the cipher makes. */
public final class FrameEncoder {

    private FrameEncoder() {}

    /**
     * Encrypts one packet's JSON and puts the header before it.
     *
     * @return a new buffer, which the caller writes or releases
     */
    public static ByteBuf encode(ByteBufAllocator allocator, ContentCipher cipher, PacketType type, byte[] json) {
        int length = cipher.encryptedLength(json.length);
        ByteBuf frame = allocator.buffer(Frame.HEADER_LENGTH + length);
        try {
            frame.writeShort(cipher.version().number()).writeShort(type.code()).writeInt(length);
            cipher.encrypt(json, frame);
            return frame;
        } catch (RuntimeException e) {
            frame.release();
            throw e;
        }
    }
}
