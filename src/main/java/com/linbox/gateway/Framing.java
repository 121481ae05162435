package com.linbox.gateway;

import com.linbox.protocol.ContentCipher;
import com.linbox.protocol.FrameEncoder;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.WebSocketFrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** How what the gateway has to say stands on a connection's wire. */
enum Framing {
    /** Frames with a header, one after the other in a stream of bytes. */
    STREAM {
        @Override
        ByteBuf packet(ByteBufAllocator allocator, ContentCipher cipher, PacketType type, byte[] json) {
            return FrameEncoder.encode(allocator, cipher, type, json);
        }

        @Override
        ByteBuf end(ByteBufAllocator allocator, CloseCause cause) {
            return Unpooled.EMPTY_BUFFER;
        }
    },

    /** Text frames of WebSocket, whose content nothing but TLS encrypts. */
    WEB_SOCKET {
        @Override
        ByteBuf packet(ByteBufAllocator allocator, ContentCipher cipher, PacketType type, byte[] json) {
            return WebSocketFrameEncoder.text(allocator, type, json, false);
        }

        @Override
        ByteBuf end(ByteBufAllocator allocator, CloseCause cause) {
            return WebSocketFrameEncoder.close(allocator, cause.webSocketCode());
        }
    },

    /** The same with long ones compressed. */
    WEB_SOCKET_DEFLATED {
        @Override
        ByteBuf packet(ByteBufAllocator allocator, ContentCipher cipher, PacketType type, byte[] json) {
            return WebSocketFrameEncoder.text(allocator, type, json, true);
        }

        @Override
        ByteBuf end(ByteBufAllocator allocator, CloseCause cause) {
            return WEB_SOCKET.end(allocator, cause);
        }
    };

    /**
     * One packet.
     *
     * @param cipher what the connection's content is encrypted with
     * @param json an object without whitespace around it
     * @return a new buffer, which the caller writes or releases
     */
    abstract ByteBuf packet(ByteBufAllocator allocator, ContentCipher cipher, PacketType type, byte[] json);

    /** What comes last, before the connection is closed; empty where there is no such thing. */
    abstract ByteBuf end(ByteBufAllocator allocator, CloseCause cause);
}
