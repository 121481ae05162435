package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Answers {@link AuthRequest}; {@code sendTime} is the server's clock in milliseconds since the epoch. */
public record AuthResponse(
        @Nullable Long rId,
        @Nullable String userId,
        int status,
        @Nullable String errMsg,
        @Nullable Long sendTime) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.AUTH_RESPONSE;
    }
}
