package com.linbox.gateway;

import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * A packet from a client.
 *
 * @param request the packet; where its JSON could not be bound, one with no fields at all
 * @param json as it came
 * @param fault why the JSON could not be bound, null where it could
 */
record InboundPacket(Request request, byte[] json, @Nullable RequestRejectedException fault) {

    PacketType type() {
        return request.packetType();
    }
}
