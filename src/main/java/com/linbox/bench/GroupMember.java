package com.linbox.bench;

import com.linbox.client.Connection;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.ConnectionListener;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.Ping;
import org.jspecify.annotations.Nullable;

/** A member of the group who is online and only listens. */
final class GroupMember implements ConnectionListener {

    private final byte[] mark;
    private final GroupMeasurements measurements;
    private volatile @Nullable Connection connection;
    private volatile boolean ended;

    /** @param mark what stands before a message's number */
    GroupMember(byte[] mark, GroupMeasurements measurements) {
        this.mark = mark;
        this.measurements = measurements;
    }

    void signedIn(Connection established) {
        connection = established;
    }

    void ping(long userId) {
        Connection open = connection;
        if (open != null && !ended) {
            open.write(PacketType.PING, PacketJson.write(new Ping(0L, Long.toString(userId))));
            open.flush();
        }
    }

    void close() {
        ended = true;
        Connection open = connection;
        if (open != null) {
            open.close();
        }
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

    @Override
    public void closed(ConnectionFailedException cause) {
        if (!ended) {
            ended = true;
            measurements.connectionLost();
        }
    }
}
