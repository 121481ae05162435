package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Moves the user's read position in a conversation to {@code msgId}, never backwards. */
public record ReadAckRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Long msgId,
        @Nullable Integer type)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.READ_ACK_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new ReadAckResponse(rId, userId, remoteId, groupId, type, code.status(), text);
    }
}
