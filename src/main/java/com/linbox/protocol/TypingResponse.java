package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Answers {@link TypingRequest}. */
public record TypingResponse(
        @Nullable Long rId, int status, @Nullable String errMsg) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.TYPING_RESPONSE;
    }
}
