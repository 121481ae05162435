package com.linbox.outbox;

import com.linbox.protocol.PacketType;

/** What a gateway is to do with one of its connections. A connection that is gone is passed over. */
public sealed interface Delivery {

    long connectionId();

    /** Write this packet; {@code json} is encrypted only by the gateway. */
    record Push(long connectionId, PacketType type, byte[] json) implements Delivery {}

    /** Tell the client the reason and close the connection. */
    record Disconnect(long connectionId, String reason) implements Delivery {}
}
