package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Asks who has read a conversation up to {@code msgId}: in a group its members, else the partner.
 *
 * @param offset how many to pass over
 */
public record ReadersRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type,
        @Nullable Long msgId,
        @Nullable Integer offset,
        @Nullable Integer limit)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.READERS_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new ReadersResponse(rId, userId, remoteId, groupId, type, msgId, null, null, code.status(), text);
    }
}
