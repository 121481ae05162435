package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** The last packet before the server closes a connection, with the reason. */
public record OfflineInfo(@Nullable String userId, String reason) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.OFFLINE_INFO;
    }
}
