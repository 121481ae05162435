package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Takes back or rewrites a message of the user's own.
 *
 * @param action {@code recall} or {@code edit}
 * @param content the new content of an edit
 */
public record ChangeMsgRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type,
        @Nullable Long msgId,
        @Nullable String action,
        @Nullable String content)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.CHANGE_MSG_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new ChangeMsgResponse(rId, userId, remoteId, groupId, type, msgId, null, null, code.status(), text);
    }

    /** Without the content, which must never reach a log. */
    @Override
    public String toString() {
        return "ChangeMsgRequest[rId=" + rId + ", userId=" + userId + ", msgId=" + msgId + ", action=" + action + "]";
    }
}
