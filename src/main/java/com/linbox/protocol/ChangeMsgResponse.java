package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Answers {@link ChangeMsgRequest}.
 *
 * @param msgId the changed message's
 * @param changeMsgId the place of the change itself in the conversation
 * @param sendTime the change's, in milliseconds since the epoch
 */
public record ChangeMsgResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type,
        @Nullable Long msgId,
        @Nullable Long changeMsgId,
        @Nullable Long sendTime,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.CHANGE_MSG_RESPONSE;
    }
}
