package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Tells {@code userId} that {@code fromUserId} is writing in their conversation. */
public record Typing(
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        int type,
        String fromUserId) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.TYPING;
    }
}
