package com.linbox.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@link SyncSystemUnreadRequest}. */
public record SyncSystemUnreadResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable List<SystemMessage> unreads,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.SYNC_SYSTEM_UNREAD_RESPONSE;
    }
}
