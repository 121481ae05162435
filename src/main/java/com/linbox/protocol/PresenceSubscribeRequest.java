package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks to be told when these users go on- and offline, and no others any longer.
 *
 * @param users none where nobody is to be told of
 */
public record PresenceSubscribeRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable List<String> users) implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.PRESENCE_SUBSCRIBE_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new PresenceSubscribeResponse(rId, userId, null, code.status(), text);
    }
}
