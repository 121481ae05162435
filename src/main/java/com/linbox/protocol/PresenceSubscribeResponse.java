package com.linbox.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link PresenceSubscribeRequest}.
 *
 * @param users how each of them is now; every change from then on is told by {@link PresenceChanged}
 */
public record PresenceSubscribeResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable List<UserPresence> users,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.PRESENCE_SUBSCRIBE_RESPONSE;
    }
}
