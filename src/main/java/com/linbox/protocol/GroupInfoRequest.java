package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Asks what a group is like, and for some of its members.
 *
 * @param after the member after whom to go on; absent from the first on
 */
public record GroupInfoRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String groupId,
        @Nullable String after,
        @Nullable Integer limit)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.GROUP_INFO_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return GroupInfoResponse.failure(this, code.status(), text);
    }
}
