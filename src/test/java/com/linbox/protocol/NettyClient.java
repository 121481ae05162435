package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import java.util.Map;

/** The reading end of Netty's WebSocket client. */
final class NettyClient {

    private NettyClient() {}

    /** The text of a frame, compressed or not. */
    static String read(ByteBuf frame) {
        WebSocketClientExtension deflate = new PerMessageDeflateClientExtensionHandshaker(6, false, 15, true, true, 0)
                .handshakeExtension(new WebSocketExtensionData(
                        "permessage-deflate",
                        new java.util.HashMap<>(
                                Map.of("server_no_context_takeover", "", "client_no_context_takeover", ""))));
        EmbeddedChannel client =
                new EmbeddedChannel(new WebSocket13FrameDecoder(false, true, 1 << 20), deflate.newExtensionDecoder());
        client.writeInbound(frame);
        TextWebSocketFrame text = client.readInbound();
        try {
            return text.text();
        } finally {
            text.release();
            client.finishAndReleaseAll();
        }
    }
}
