package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message from the product itself, such as a counter of friend requests.
 *
 * @param msgId rises from message to message of one user, so that a client recognises one that it has had; null where the
 *     message is not stored
 * @param sendTime in milliseconds since the epoch; null where the message is not stored
 */
public record SystemMessage(
        int systemType,
        @Nullable String content,
        @Nullable Long msgId,
        @Nullable Long sendTime) implements ServerPacket {

    /** One that is not stored: whoever misses it does not get it again. */
    public static SystemMessage passing(int systemType, String content) {
        return new SystemMessage(systemType, content, null, null);
    }

    /** How many messages of a type are unread. */
    public static SystemMessage counter(int systemType, long unread) {
        return passing(systemType, "{\"unread\":" + unread + "}");
    }

    @Override
    public PacketType packetType() {
        return PacketType.SYSTEM_MESSAGE;
    }
}
