package com.linbox.gateway;

import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.Delivery;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.NewMessage;
import com.linbox.protocol.Packet;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.tracing.TraceContext;
import com.linbox.tracing.Trail;
import org.jspecify.annotations.Nullable;

/** Says in the logs that a message, or the answer to one, was written: to be asked for only where that is wanted, for it reads the packet. */
final class DeliveryTrail {

    private DeliveryTrail() {}

    static void note(Connection connection, Delivery delivery, @Nullable TraceContext trace) {
        Trail trail = null;
        if (delivery instanceof Delivery.Push push) {
            trail = trail(push.type(), push.json(), trace);
        } else if (delivery instanceof Delivery.Multicast multicast) {
            trail = trail(multicast.type(), multicast.json(), trace);
        }
        if (trail != null) {
            trail.note(
                    "written to connection {} of user {}",
                    connection.id(),
                    connection.session() == null ? "?" : connection.session().userId());
        }
    }

    /** Null for all that has nothing to do with a message. */
    private static @Nullable Trail trail(PacketType type, byte[] json, @Nullable TraceContext trace) {
        if (type != PacketType.NEW_MESSAGE && type != PacketType.SEND_MSG_RESPONSE) {
            return null;
        }
        try {
            Packet packet = PacketJson.read(type, json);
            if (packet instanceof SendMsgResponse response) {
                return new Trail(response.userId(), response.rId(), trace);
            }
            MessageBody message = packet instanceof NewMessage news ? news.msg() : null;
            return message == null ? null : new Trail(message.fromUserId(), message.rId(), trace);
        } catch (RequestRejectedException e) {
            return null;
        }
    }
}
