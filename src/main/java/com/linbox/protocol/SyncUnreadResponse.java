package com.linbox.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@link SyncUnreadRequest}; {@code offset} is where to go on, 0 at the end. */
public record SyncUnreadResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type,
        @Nullable List<UnreadMsg> unreads,
        @Nullable Integer offset,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.SYNC_UNREAD_RESPONSE;
    }
}
