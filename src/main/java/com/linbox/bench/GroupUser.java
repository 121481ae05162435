package com.linbox.bench;

import com.linbox.client.Connection;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.ConnectionListener;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.Ping;
import org.jspecify.annotations.Nullable;

/** A member of the group who is online. */
abstract class GroupUser implements ConnectionListener {

    final String user;
    final GroupMeasurements measurements;
    volatile @Nullable Connection connection;
    private volatile boolean ended;

    GroupUser(long userId, GroupMeasurements measurements) {
        this.user = Long.toString(userId);
        this.measurements = measurements;
    }

    void signedIn(Connection established) {
        connection = established;
    }

    void ping() {
        write(PacketType.PING, PacketJson.write(new Ping(0L, user)));
    }

    void write(PacketType type, byte[] json) {
        Connection open = connection;
        if (open != null && !ended) {
            open.write(type, json);
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
    public void closed(ConnectionFailedException cause) {
        if (!ended) {
            ended = true;
            measurements.connectionLost();
        }
    }
}
