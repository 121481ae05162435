package com.linbox.client;

import com.linbox.protocol.PacketType;

/** Hears what a {@link Connection} receives; always on the connection's event loop, which it must not block. */
public interface ConnectionListener {

    /** A packet other than the answer to the sign-in: its type and its JSON, decrypted but not yet read. */
    void received(PacketType type, byte[] json);

    /** The connection is gone, whoever ended it. Called once, and only where the sign-in had succeeded. */
    void closed(ConnectionFailedException cause);
}
