package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Tells a connection of {@code userId} that a conversation has a new message. {@code userId} is absent only on the way
 * to the gateway. {@code msg} is an addition that saves the round trip; clients of 2015 ignore it. */
public record NewMessage(
        @Nullable String userId,
        String remoteId,
        @Nullable String groupId,
        int type,
        @Nullable MessageBody msg) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.NEW_MESSAGE;
    }
}
