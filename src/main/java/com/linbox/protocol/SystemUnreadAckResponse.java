package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Answers {@link SystemUnreadAckRequest}. */
public record SystemUnreadAckResponse(
        @Nullable Long rId, int status, @Nullable String errMsg) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.SYSTEM_UNREAD_ACK_RESPONSE;
    }
}
