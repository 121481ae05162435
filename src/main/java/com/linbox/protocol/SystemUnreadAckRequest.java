package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Marks the system messages of a type as read. */
public record SystemUnreadAckRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable Integer type) implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.SYSTEM_UNREAD_ACK_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new SystemUnreadAckResponse(rId, code.status(), text);
    }
}
