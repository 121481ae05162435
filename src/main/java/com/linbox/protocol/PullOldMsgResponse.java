package com.linbox.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@link PullOldMsgRequest}; the last two fields are only echoed. */
public record PullOldMsgResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable List<MessageBody> msgs,
        int status,
        @Nullable String errMsg,
        @Nullable Integer type,
        @Nullable Long maxMsgIdInRequest,
        @Nullable Integer requestType)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.PULL_OLD_MSG_RESPONSE;
    }
}
