package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Tells {@code userId} that {@code remoteId} has come online, or has gone offline with the last of its devices.
 *
 * @param userId null where the gateway puts each connection's own there
 * @param sendTime when it was noticed, in milliseconds since the epoch
 */
public record PresenceChanged(
        @Nullable String userId,
        String remoteId,
        boolean online,
        @Nullable Long sendTime) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.PRESENCE_CHANGED;
    }
}
