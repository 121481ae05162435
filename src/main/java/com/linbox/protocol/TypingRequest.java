package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Says that the user is writing. It is passed on to who is online and never stored. */
public record TypingRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.TYPING_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new TypingResponse(rId, code.status(), text);
    }
}
