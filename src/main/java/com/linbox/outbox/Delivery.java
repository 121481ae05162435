package com.linbox.outbox;

import com.linbox.protocol.PacketType;

/** What a gateway is to do with its connections. A connection that is gone is passed over. */
public sealed interface Delivery {

    /** The {@code arrivedAt} of what no request of a client or a back end has led to, or where nobody wants to know how long that took. */
    long NO_ARRIVAL = 0;

    /**
     * Write this packet; {@code json} is encrypted only by the gateway.
     *
     * @param arrivedAt when the request that it answers or tells of had come in, in milliseconds since the epoch by the clock of
     *     the gateway that it came to; or {@link #NO_ARRIVAL}
     */
    record Push(long connectionId, PacketType type, byte[] json, long arrivedAt) implements Delivery {

        public Push(long connectionId, PacketType type, byte[] json) {
            this(connectionId, type, json, NO_ARRIVAL);
        }
    }

    /** Tell the client the reason and close the connection. */
    record Disconnect(long connectionId, String reason) implements Delivery {}

    /** System messages of the connection's user were stored: fetch and write those that it has not been written yet. */
    record SystemMessagesStored(long connectionId) implements Delivery {}

    /** Write this packet to every connection that is signed in; {@code json} is encrypted only by the gateway. */
    record Broadcast(PacketType type, byte[] json) implements Delivery {}

    /**
     * Write this packet to each of these connections, with {@code user_id}, which {@code json} has not, as the user who is
     * signed in there; it is encrypted only by the gateway.
     *
     * @param arrivedAt as of a {@link Push}
     */
    record Multicast(long[] connectionIds, PacketType type, byte[] json, long arrivedAt) implements Delivery {

        public Multicast(long[] connectionIds, PacketType type, byte[] json) {
            this(connectionIds, type, json, NO_ARRIVAL);
        }
    }
}
