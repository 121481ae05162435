package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** Answers {@link MuteConversationRequest}. */
public record MuteConversationResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type,
        @Nullable Long until,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.MUTE_CONVERSATION_RESPONSE;
    }
}
