package com.linbox.client;

import com.linbox.protocol.Frame;
import com.linbox.protocol.NamedPackets;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.net.URISyntaxException;

/** Makes the messages of a WebSocket {@link Frame}s. The handlers behind it hear of the connection when it has become one. */
final class WebSocketFrames extends ChannelInboundHandlerAdapter {

    private static final String PATH = "/ws";
    private static final int LONGEST_ANSWER = 16 * 1024;

    private WebSocketFrames() {}

    /** Adds all that a WebSocket takes to the end of a pipeline. */
    static void addTo(ChannelPipeline pipeline, ServerAddress server, ClientSettings settings) {
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri(server, settings.tls() == null ? "ws" : "wss"))
                .version(WebSocketVersion.V13)
                .maxFramePayloadLength(settings.maxReceived())
                .handshakeTimeoutMillis(settings.connectTimeout().toMillis())
                // It is no page of anybody's.
                .generateOriginHeader(false)
                .build();
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(LONGEST_ANSWER))
                .addLast(new WebSocketClientProtocolHandler(config))
                .addLast(new WebSocketFrames());
    }

    private static URI uri(ServerAddress server, String scheme) {
        try {
            return new URI(scheme, null, server.host(), server.port(), PATH, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("host: " + server.host() + " (expected: a name or an address)", e);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        // Too early: the handshake comes first.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            ctx.fireChannelActive();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof TextWebSocketFrame text) {
            ctx.fireChannelRead(NamedPackets.read(text.content(), text.content().readableBytes()));
        } else {
            ReferenceCountUtil.release(message);
            ctx.fireExceptionCaught(new IllegalStateException("not a LINBOX server: it sends other frames than text"));
        }
    }
}
