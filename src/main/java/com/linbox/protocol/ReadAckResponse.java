package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Answers {@link ReadAckRequest}; {@code errCode} is a text, whatever its name says. */
public record ReadAckResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type,
        int status,
        @Nullable String errCode)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.READ_ACK_RESPONSE;
    }
}
