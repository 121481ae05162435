package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Asks for the conversations of a user, newest first, with their unread counts. */
public record SyncUnreadRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer offset,
        @Nullable Integer limit,
        @Nullable Integer type)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.SYNC_UNREAD_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new SyncUnreadResponse(rId, userId, remoteId, groupId, type, null, null, code.status(), text);
    }
}
