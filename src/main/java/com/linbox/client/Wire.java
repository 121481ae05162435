package com.linbox.client;

import com.linbox.protocol.ContentCipher;
import com.linbox.protocol.FrameEncoder;
import com.linbox.protocol.NamedPackets;
import com.linbox.protocol.PacketType;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

/** How packets are written to a connection. */
enum Wire {
    /** As frames in a stream of bytes. */
    STREAM {
        @Override
        Object packet(ByteBufAllocator allocator, ContentCipher cipher, PacketType type, byte[] json) {
            return FrameEncoder.encode(allocator, cipher, type, json);
        }
    },

    /** As text frames of WebSocket, which nothing but TLS encrypts. */
    WEB_SOCKET {
        @Override
        Object packet(ByteBufAllocator allocator, ContentCipher cipher, PacketType type, byte[] json) {
            return new TextWebSocketFrame(NamedPackets.write(allocator, type, json));
        }
    };

    /** One packet, for the channel to write. */
    abstract Object packet(ByteBufAllocator allocator, ContentCipher cipher, PacketType type, byte[] json);
}
