package com.linbox.bench;

import com.linbox.protocol.PacketType;

/** A member of the group who only listens. */
final class GroupMember extends GroupUser {

    private final byte[] mark;

    /** @param mark what stands before a message's number */
    GroupMember(long userId, byte[] mark, GroupMeasurements measurements) {
        super(userId, measurements);
        this.mark = mark;
    }

    @Override
    public void received(PacketType type, byte[] json) {
        if (type == PacketType.NEW_MESSAGE) {
            int at = JsonScan.indexAfter(json, mark, 0);
            if (at >= 0) {
                measurements.heard(JsonScan.numberAt(json, at));
            }
        }
    }
}
