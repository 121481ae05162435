package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Answers {@link GroupChangeRequest}.
 *
 * @param msgId the event's place in the group's conversation; absent where nothing was to be changed
 * @param sendTime the event's, in milliseconds since the epoch
 */
public record GroupChangeResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String groupId,
        @Nullable Long msgId,
        @Nullable Long sendTime,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.GROUP_CHANGE_RESPONSE;
    }
}
