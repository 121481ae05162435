package com.linbox.outbox;

import com.linbox.protocol.PacketType;
import com.linbox.tracing.TraceContext;
import org.jspecify.annotations.Nullable;

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
    record Disconnect(long connectionId, Cause cause, String reason) implements Delivery {

        /** At the wish of the product's back end. */
        public Disconnect(long connectionId, String reason) {
            this(connectionId, Cause.REQUESTED, reason);
        }

        /** On whose account; with its code in entries. */
        public enum Cause {
            /** The product's back end asked for it. */
            REQUESTED(0),
            /** A newer sign-in has the session's place. */
            TAKEN_OVER(1);

            private final byte code;

            Cause(int code) {
                this.code = (byte) code;
            }

            byte code() {
                return code;
            }

            /** A newer LINBOX may have others. */
            static Cause ofCode(byte code) {
                return code == TAKEN_OVER.code ? TAKEN_OVER : REQUESTED;
            }
        }
    }

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

    /** Another delivery, which is a part of a trace. */
    record Traced(TraceContext trace, Delivery delivery) implements Delivery {

        public Traced {
            if (delivery instanceof Traced) {
                throw new IllegalArgumentException("delivery: traced (expected: not yet)");
            }
        }
    }

    /** The same as a part of a trace, if it is of one. */
    default Delivery of(@Nullable TraceContext trace) {
        return trace == null ? this : new Traced(trace, this);
    }
}
