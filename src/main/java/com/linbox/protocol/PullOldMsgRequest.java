package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Asks for the messages with {@code minMsgId < msg_id <= maxMsgId}, newest first; a {@code maxMsgId} of −1 means from the newest. */
public record PullOldMsgRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Long maxMsgId,
        @Nullable Long minMsgId,
        @Nullable Integer limit,
        @Nullable Integer type,
        @Nullable Long maxMsgIdInRequest,
        @Nullable Integer requestType)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.PULL_OLD_MSG_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new PullOldMsgResponse(
                rId, userId, remoteId, groupId, null, code.status(), text, type, maxMsgIdInRequest, requestType);
    }
}
