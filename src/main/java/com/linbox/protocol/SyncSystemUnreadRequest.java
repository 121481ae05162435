package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Asks for the unread counts of system messages. */
public record SyncSystemUnreadRequest(
        @Nullable Long rId, @Nullable String userId) implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.SYNC_SYSTEM_UNREAD_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new SyncSystemUnreadResponse(rId, userId, null, code.status(), text);
    }
}
