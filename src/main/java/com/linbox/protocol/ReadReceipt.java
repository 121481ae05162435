package com.linbox.protocol;

/** Tells a user that the partner {@code remoteId} has read their conversation up to {@code msgId}. */
public record ReadReceipt(String userId, String remoteId, int type, long msgId) implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.READ_RECEIPT;
    }
}
