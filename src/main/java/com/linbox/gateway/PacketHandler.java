package com.linbox.gateway;

import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.BadFrame;
import com.linbox.protocol.Frame;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.Request;
import com.linbox.protocol.UndecryptableContentException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Turns frames into packets: decrypts and parses. Closes the connection where there is no sense in going on; a client
 * that has signed in is told why, a stranger is told nothing.
 */
final class PacketHandler extends ChannelInboundHandlerAdapter {

    private final Connection connection;
    private final GatewayMeters meters;

    PacketHandler(Connection connection, GatewayMeters meters) {
        this.connection = connection;
        this.meters = meters;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (connection.isDeaf()) {
                return;
            }
            if (message instanceof Frame frame) {
                InboundPacket packet = read(frame);
                if (packet != null) {
                    meters.frameIn(packet.type(), frame.wireBytes());
                    ctx.fireChannelRead(packet);
                }
            } else if (message instanceof BadFrame bad) {
                close(bad);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private @Nullable InboundPacket read(Frame frame) {
        PacketType type = PacketType.ofCode(frame.typeCode());
        if (type == null || !type.isRequest() || !type.isOf(connection.cipher().version())) {
            close(CloseCause.UNKNOWN_TYPE, "packet type: " + frame.typeCode() + " (expected: a request's)");
            return null;
        }
        byte[] json;
        try {
            json = connection.cipher().decrypt(frame.content());
        } catch (UndecryptableContentException e) {
            close(CloseCause.UNDECRYPTABLE, "content: not encrypted with this connection's key");
            return null;
        }
        try {
            return new InboundPacket((Request) PacketJson.read(type, json), json, null);
        } catch (RequestRejectedException fault) {
            return new InboundPacket(PacketJson.requestWithoutFields(type), json, fault);
        }
    }

    private void close(BadFrame bad) {
        switch (bad.fault()) {
            case UNKNOWN_VERSION ->
                close(
                        CloseCause.UNKNOWN_VERSION,
                        "version: " + bad.offending() + " (expected: "
                                + connection.cipher().version().number() + ")");
            case BAD_LENGTH -> close(CloseCause.BAD_LENGTH, "length of content: " + bad.offending());
            case WEB_SOCKET_VIOLATION ->
                close(
                        CloseCause.WEB_SOCKET_VIOLATION,
                        "frame: of first byte " + bad.offending() + " (expected: one that RFC 6455 permits there)");
            case BINARY -> close(CloseCause.BINARY_FRAME, "frame: binary (expected: text)");
            case UNREADABLE_TEXT -> close(CloseCause.UNREADABLE_TEXT, "text: cannot be read (expected: UTF-8)");
            case UNKNOWN_PACKET ->
                close(CloseCause.UNKNOWN_TYPE, "packet: missing or unknown (expected: a request's name)");
        }
    }

    private void close(CloseCause cause, String reason) {
        connection.close(cause, connection.state() == Connection.State.SIGNED_IN ? reason : null);
    }
}
