package com.linbox.gateway;

import com.linbox.presence.Session;
import com.linbox.protocol.FrameDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way of a frame through a connection. */
final class GatewayChannelInitializer extends ChannelInitializer<Channel> {

    private static final String PROXY = "proxy";
    private static final String DOOR = "door";
    private static final String TLS = "tls";
    private static final String FRAMES = "frames";
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

    /** @param tls null where connections are plain */
    GatewayChannelInitializer(GatewayServices services, @Nullable TlsContexts tls) {
        this.services = services;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        GatewaySettings settings = services.settings();
        LimitSettings limits = services.limits().get();
        int maxQueued = (int) limits.maxQueued().toBytes();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(maxQueued / 2, maxQueued));
        Connection connection = new Connection(
                channel, services.connections().nextId(), services.cipher(), services.meters(), services.limits());
        services.meters().opened();
        ChannelPipeline pipeline = channel.pipeline();
        if (settings.proxyProtocol()) {
            // Leaves after the header.
            pipeline.addLast(PROXY, new HAProxyMessageDecoder());
        }
        pipeline.addLast(DOOR, new DoorHandler(connection, services.openConnections(), settings.proxyProtocol()));
        if (tls != null) {
            pipeline.addLast(TLS, tls.newHandler(channel, settings.authTimeout(), limits.closing()));
        }
        pipeline.addLast(
                FRAMES, new FrameDecoder((int) settings.maxFrameBeforeSignIn().toBytes()));
        // Leaves at sign-in.
        pipeline.addLast(SIGN_IN_DEADLINE, new SignInDeadline(connection, settings.authTimeout()));
        // Leaves after the first frame.
        pipeline.addLast(VERSION, new VersionHandler(connection, settings.v1()));
        // Leaves at sign-in, when what it holds back can be decrypted.
        pipeline.addLast(SIGN_IN_GATE, new SignInGate(connection));
        pipeline.addLast(PACKETS, new PacketHandler(connection, services.meters()));
        // Leaves at sign-in; SYSTEM_MESSAGES, RATE and REQUESTS join in its place.
        pipeline.addLast(SIGN_IN, new SignInHandler(connection, services, this));
        pipeline.addLast(END, new ConnectionEndHandler(connection, services));
    }

    /** What changes when the client is in: longer frames, no deadline, requests in place of the sign-in. */
    void signedIn(ChannelHandlerContext ctx, Connection connection) {
        GatewaySettings settings = services.settings();
        ChannelPipeline pipeline = ctx.pipeline();
        ((FrameDecoder) pipeline.get(FRAMES))
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
