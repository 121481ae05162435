package com.linbox.protocol;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Signs a user in. A client in the field writes {@code Token} for {@code token}.
 *
 * @param clientId what the client calls itself, the same in all of its AuthRequests and no other client's, at least 1; null where
 *     it does not say
 * @param attempt which of its AuthRequests this is: the later one has the greater number, at least 1
 */
public record AuthRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @JsonAlias("Token") @Nullable String token,
        @Nullable String ip,
        @Nullable String port,
        @Nullable String device,
        @Nullable Long clientId,
        @Nullable Long attempt)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.AUTH_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new AuthResponse(rId, userId, code.status(), text, null);
    }

    /** Without the token, which must never reach a log. */
    @Override
    public String toString() {
        return "AuthRequest[rId=" + rId + ", userId=" + userId + ", device=" + device + "]";
    }
}
