package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Answers {@link Ping}; status and text are there only where the ping was refused. */
public record Pong(
        @Nullable Long rId,
        @Nullable Integer status,
        @Nullable String errMsg) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.PONG;
    }
}
