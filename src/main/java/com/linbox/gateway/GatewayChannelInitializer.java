package com.linbox.gateway;

import com.linbox.presence.Session;
import com.linbox.protocol.BoundedDecoder;
import com.linbox.protocol.FrameDecoder;
import com.linbox.protocol.WebSocketFrameDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way of a frame through a connection. */
final class GatewayChannelInitializer extends ChannelInitializer<Channel> {

    private static final String PROXY = "proxy";
    private static final String DOOR = "door";
    private static final String TLS = "tls";
    private static final String HTTP = "http";
    private static final String HANDSHAKE = "handshake";
    private static final String FRAMES = "frames";
    private static final String WEB_SOCKET = "web-socket";
    private static final String SIGN_IN_DEADLINE = "sign-in-deadline";
    private static final String VERSION = "version";
    private static final String SIGN_IN_GATE = "sign-in-gate";
    private static final String PACKETS = "packets";
    private static final String SIGN_IN = "sign-in";
    private static final String SYSTEM_MESSAGES = "system-messages";
    private static final String RATE = "rate";
    private static final String REQUESTS = "requests";
    private static final String END = "end";

    private final GatewayServices services;
    private final @Nullable TlsContexts tls;
    private final @Nullable WebSocketSettings webSocket;
    private final Origins origins;

    /**
     * @param tls null where connections are plain
     * @param webSocket null where connections are those of TCP itself
     */
    GatewayChannelInitializer(
            GatewayServices services, @Nullable TlsContexts tls, @Nullable WebSocketSettings webSocket) {
        this.services = services;
        this.tls = tls;
        this.webSocket = webSocket;
        this.origins = new Origins(webSocket == null ? List.of() : webSocket.origins());
    }

    @Override
    protected void initChannel(Channel channel) {
        GatewaySettings settings = services.settings();
        LimitSettings limits = services.limits().get();
        int maxQueued = (int) limits.maxQueued().toBytes();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(maxQueued / 2, maxQueued));
        Connection connection = new Connection(
                channel, services.connections().nextId(), services.cipher(), services.meters(), services.limits());
        Transport transport = Transport.of(tls != null, webSocket != null);
        services.meters().opened(transport);
        ChannelPipeline pipeline = channel.pipeline();
        if (settings.proxyProtocol()) {
            // Leaves after the header.
            pipeline.addLast(PROXY, new HAProxyMessageDecoder());
        }
        DoorHandler door =
                new DoorHandler(connection, services.openConnections(), settings.proxyProtocol() || isBehindProxy());
        pipeline.addLast(DOOR, door);
        if (tls != null) {
            pipeline.addLast(TLS, tls.newHandler(channel, settings.authTimeout(), limits.closing()));
        }
        if (webSocket == null) {
            pipeline.addLast(FRAMES, new FrameDecoder((int)
                    settings.maxFrameBeforeSignIn().toBytes()));
        } else {
            // Both leave after the handshake; FRAMES and WEB_SOCKET join in their place.
            pipeline.addLast(HTTP, WebSocketHandshake.decoder());
            pipeline.addLast(
                    HANDSHAKE,
                    new WebSocketHandshake(connection, door, isBehindProxy(), origins, this, services.meters()));
        }
        // Leaves at sign-in.
        pipeline.addLast(SIGN_IN_DEADLINE, new SignInDeadline(connection, settings.authTimeout()));
        if (webSocket == null) {
            // Leaves after the first frame.
            pipeline.addLast(VERSION, new VersionHandler(connection, settings.v1()));
        }
        // Leaves at sign-in, when what it holds back can be decrypted.
        pipeline.addLast(SIGN_IN_GATE, new SignInGate(connection));
        pipeline.addLast(PACKETS, new PacketHandler(connection, services.meters()));
        // Leaves at sign-in; SYSTEM_MESSAGES, RATE and REQUESTS join in its place.
        pipeline.addLast(SIGN_IN, new SignInHandler(connection, services, this));
        pipeline.addLast(END, new ConnectionEndHandler(connection, transport, services));
    }

    /** Over TLS it is the clients who connect, and nobody's word is to be taken. */
    private boolean isBehindProxy() {
        return webSocket != null && webSocket.behindProxy() && tls == null;
    }

    /** What changes when HTTP has become WebSocket: its frames in place of the handshake. */
    void upgraded(ChannelHandlerContext ctx, Connection connection, boolean deflate) {
        ChannelPipeline pipeline = ctx.pipeline();
        int maxFrame = (int) services.settings().maxFrameBeforeSignIn().toBytes();
        pipeline.replace(HANDSHAKE, FRAMES, new WebSocketFrameDecoder(maxFrame, deflate));
        pipeline.addAfter(FRAMES, WEB_SOCKET, new WebSocketHandler(connection));
        // Last: what it has read too much of goes on as frames.
        pipeline.remove(HTTP);
    }

    /** What changes when the client is in: longer frames, no deadline, requests in place of the sign-in. */
    void signedIn(ChannelHandlerContext ctx, Connection connection) {
        GatewaySettings settings = services.settings();
        ChannelPipeline pipeline = ctx.pipeline();
        ((BoundedDecoder) pipeline.get(FRAMES))
                .setMaxContent((int) settings.maxFrame().toBytes());
        pipeline.remove(SIGN_IN_DEADLINE);
        Session session = Objects.requireNonNull(connection.session());
        pipeline.replace(SIGN_IN, RATE, new RequestRateHandler(connection, session, services));
        pipeline.addAfter(RATE, REQUESTS, new RequestHandler(connection, session, services));
        // Before RATE: a client that is told to wait was heard all the same.
        pipeline.addBefore(RATE, SYSTEM_MESSAGES, new SystemMessageHandler(connection, session, services));
        ((ConnectionEndHandler) pipeline.get(END)).signedIn();
        // Last: what it held back goes the whole new way.
        pipeline.remove(SIGN_IN_GATE);
    }
}
