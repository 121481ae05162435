package com.linbox.protocol;

import io.netty.buffer.ByteBuf;

/** Turns a packet's JSON into a frame's content and back. Implementations are immutable and thread-safe. */
public interface ContentCipher {

    /** The protocol version whose frames have such content. */
    ProtocolVersion version();

    /** How many bytes {@code plainLength} bytes become. */
    int encryptedLength(int plainLength);

    /** Appends the encrypted bytes to {@code out}, whose capacity grows where it must. */
    void encrypt(byte[] plain, ByteBuf out);

    /**
     * Reads all of {@code content} and returns what it was made of.
     *
     * @throws UndecryptableContentException where the content was not made with this key
     */
    byte[] decrypt(ByteBuf content) throws UndecryptableContentException;
}
