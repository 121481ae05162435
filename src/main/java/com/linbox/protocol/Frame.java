package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/**
 * One frame, its content still encrypted where its version encrypts it. Whoever receives it releases it.
 *
 * <pre>
 *  0               2               4                               8
 * +---------------+---------------+-------------------------------+----------------+
 * | version       | type          | length of the content         | content …      |
 * +---------------+---------------+-------------------------------+----------------+
 *   unsigned        unsigned        signed, 1 … limit
 * </pre>
 *
 * All numbers are big endian.
 */
public final class Frame extends DefaultByteBufHolder {

    public static final int HEADER_LENGTH = 8;

    private final ProtocolVersion version;
    private final int typeCode;
    private final int wireBytes;

    /** @param wireBytes what all of it took on the wire, headers included, without TLS */
    public Frame(ProtocolVersion version, int typeCode, ByteBuf content, int wireBytes) {
        super(content);
        this.version = version;
        this.typeCode = typeCode;
        this.wireBytes = wireBytes;
    }

    public ProtocolVersion version() {
        return version;
    }

    /** The type as it came, which need not be one of {@link PacketType}. */
    public int typeCode() {
        return typeCode;
    }

    /** What it took on the wire as it came, headers included, without TLS. */
    public int wireBytes() {
        return wireBytes;
    }

    @Override
    public Frame replace(ByteBuf content) {
        return new Frame(version, typeCode, content, wireBytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame
                && frame.version == version
                && frame.typeCode == typeCode
                && super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + typeCode;
    }
}
