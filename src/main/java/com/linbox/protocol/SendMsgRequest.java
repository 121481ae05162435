package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Sends a message. */
public record SendMsgRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable MessageBody msg,
        @Nullable Integer type)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.SEND_MSG_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new SendMsgResponse(
                rId, msg == null ? null : msg.rId(), userId, remoteId, groupId, null, null, type, code.status(), text);
    }
}
