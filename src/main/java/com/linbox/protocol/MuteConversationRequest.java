package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Wants no notifications of a conversation while the user is offline.
 *
 * @param until in milliseconds since the epoch; 0 no more, −1 for ever
 */
public record MuteConversationRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type,
        @Nullable Long until)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.MUTE_CONVERSATION_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new MuteConversationResponse(rId, userId, remoteId, groupId, type, until, code.status(), text);
    }
}
