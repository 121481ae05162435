package com.linbox.protocol;

import io.netty.buffer.ByteBuf;

/** The content of protocol version 2: the JSON as it is. */
public final class PlainContentCipher implements ContentCipher {

    public static final PlainContentCipher INSTANCE = new PlainContentCipher();

    private PlainContentCipher() {}

    @Override
    public ProtocolVersion version() {
        return ProtocolVersion.V2;
    }

    @Override
    public int encryptedLength(int plainLength) {
        return plainLength;
    }

    @Override
    public void encrypt(byte[] plain, ByteBuf out) {
        out.writeBytes(plain);
    }

    @Override
    public byte[] decrypt(ByteBuf content) {
        byte[] plain = new byte[content.readableBytes()];
        content.readBytes(plain);
        return plain;
    }
}
