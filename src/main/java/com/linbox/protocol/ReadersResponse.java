package com.linbox.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link ReadersRequest}.
 *
 * @param readers who has read it, those who have read furthest first
 * @param offset where to go on, 0 at the end
 */
public record ReadersResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String remoteId,
        @Nullable String groupId,
        @Nullable Integer type,
        @Nullable Long msgId,
        @Nullable List<Reader> readers,
        @Nullable Integer offset,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.READERS_RESPONSE;
    }
}
