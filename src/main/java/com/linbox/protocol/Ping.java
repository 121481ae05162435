package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Keeps a connection alive. */
public record Ping(@Nullable Long rId, @Nullable String userId) implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.PING;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new Pong(rId, code.status(), text);
    }
}
