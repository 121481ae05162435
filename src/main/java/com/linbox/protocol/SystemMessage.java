package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** A message from the product itself, such as a counter of friend requests. */
public record SystemMessage(int systemType, @Nullable String content) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.SYSTEM_MESSAGE;
    }
}
