package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The gateway is about to stop: the client is to connect anew, wherever it finds a gateway, after {@code delay} milliseconds.
 * Soon after that the gateway closes the connection.
 */
public record Reconnect(@Nullable String userId, long delay) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.RECONNECT;
    }
}
