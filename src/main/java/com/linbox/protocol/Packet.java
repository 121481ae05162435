package com.linbox.protocol;

/** One packet of the protocol: the JSON object in a frame's content, bound to a record. */
public sealed interface Packet permits Request, ServerPacket {

    PacketType packetType();
}
