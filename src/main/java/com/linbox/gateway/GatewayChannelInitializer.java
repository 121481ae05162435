package com.linbox.gateway;

import com.linbox.presence.Session;
import com.linbox.protocol.FrameDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The way of a frame through a connection. */
final class GatewayChannelInitializer extends ChannelInitializer<Channel> {

    private static final String FRAMES = "frames";
    private static final String SIGN_IN_DEADLINE = "sign-in-deadline";
    private static final String IDLE = "idle";
    private static final String SIGN_IN_GATE = "sign-in-gate";
    private static final String PACKETS = "packets";
    private static final String SIGN_IN = "sign-in";
    private static final String REQUESTS = "requests";
    private static final String END = "end";

    private final GatewayServices services;

    GatewayChannelInitializer(GatewayServices services) {
        this.services = services;
    }

    @Override
    protected void initChannel(Channel channel) {
        GatewaySettings settings = services.settings();
        Connection connection =
                new Connection(channel, services.connections().nextId(), services.cipher(), services.meters());
        services.meters().opened();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(
                FRAMES, new FrameDecoder((int) settings.maxFrameBeforeSignIn().toBytes()));
        // Leaves at sign-in; IDLE joins in its place.
        pipeline.addLast(SIGN_IN_DEADLINE, new SignInDeadline(connection, settings.authTimeout()));
        // Leaves at sign-in, when what it holds back can be decrypted.
        pipeline.addLast(SIGN_IN_GATE, new SignInGate(connection));
        pipeline.addLast(PACKETS, new PacketHandler(connection, services.meters()));
        // Leaves at sign-in; REQUESTS joins in its place.
        pipeline.addLast(SIGN_IN, new SignInHandler(connection, services, this));
        pipeline.addLast(END, new ConnectionEndHandler(connection, services));
    }

    /**
     * What changes when the client is in: longer frames, silence in place of the deadline, requests in place of the sign-in.
     */
    void signedIn(ChannelHandlerContext ctx, Connection connection) {
        GatewaySettings settings = services.settings();
        ChannelPipeline pipeline = ctx.pipeline();
        ((FrameDecoder) pipeline.get(FRAMES))
                .setMaxContent((int) settings.maxFrame().toBytes());
        pipeline.replace(
                SIGN_IN_DEADLINE,
                IDLE,
                new IdleStateHandler(settings.idleTimeout().toMillis(), 0, 0, TimeUnit.MILLISECONDS));
        Session session = Objects.requireNonNull(connection.session());
        pipeline.replace(SIGN_IN, REQUESTS, new RequestHandler(connection, session, services));
        ((ConnectionEndHandler) pipeline.get(END)).signedIn();
        // Last: what it held back goes the whole new way.
        pipeline.remove(SIGN_IN_GATE);
    }
}
