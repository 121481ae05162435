package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Tells a user's other devices that the user has read a conversation up to {@code msgId}. */
public record ReadMoved(
        String userId, @Nullable String remoteId, @Nullable String groupId, int type, long msgId)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.READ_MOVED;
    }
}
