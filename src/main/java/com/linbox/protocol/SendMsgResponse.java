package com.linbox.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Answers {@link SendMsgRequest}. Status 200 means stored durably; {@code msgRId} echoes the message's own r_id. */
public record SendMsgResponse(
        @Nullable Long rId,
        @JsonProperty("msg_r_id") @Nullable Long msgRId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Long msgId,
        @Nullable Long sendTime,
        @Nullable Integer type,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.SEND_MSG_RESPONSE;
    }
}
