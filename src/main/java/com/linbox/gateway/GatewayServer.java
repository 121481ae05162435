package com.linbox.gateway;

import com.linbox.cluster.Gateway;
import com.linbox.cluster.GatewayRegistry;
import com.linbox.outbox.OutboxReader;
import com.linbox.presence.Presence;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Listens for clients from the start of the application to its end. */
final class GatewayServer implements SmartLifecycle, GatewayEndpoint {

    private static final Duration LOAD_REPORT = Duration.ofSeconds(2);
    private static final Duration RENEWAL = Presence.LIFETIME.dividedBy(6);

    private final GatewayServices services;
    private final OutboxReader outbox;
    private final GatewayRegistry registry;
    private @Nullable EventLoopGroup group;
    private volatile @Nullable Channel listening;

    GatewayServer(GatewayServices services, OutboxReader outbox, GatewayRegistry registry) {
        this.services = services;
        this.outbox = outbox;
        this.registry = registry;
    }

    @Override
    public synchronized void start() {
        GatewaySettings settings = services.settings();
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> server = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(threads(settings), new DefaultThreadFactory("linbox-gateway"), io);
        group = loops;
        int maxQueued = (int) settings.maxQueued().toBytes();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(server)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(maxQueued / 2, maxQueued))
                .childHandler(new GatewayChannelInitializer(services));
        // The way out is open before the first client comes in.
        outbox.start(services.gatewayId(), new DeliveryDispatcher(services.connections(), services.meters()));
        listening = listen(bootstrap, settings);
        // Whoever took this gateway for gone may have removed its sessions.
        registry.whenSeen(() -> services.sessionEnder().renew(services.connections()));
        String host = advertisedHost(settings);
        long since = services.clock().millis();
        loops.next()
                .scheduleAtFixedRate(
                        () -> registry.announce(announcement(host, since)),
                        0,
                        LOAD_REPORT.toMillis(),
                        TimeUnit.MILLISECONDS);
        loops.next()
                .scheduleAtFixedRate(
                        () -> services.sessionEnder().renew(services.connections()),
                        RENEWAL.toMillis(),
                        RENEWAL.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private Gateway announcement(String host, long since) {
        int connections = services.connections().size();
        return new Gateway(services.gatewayId(), host, address().getPort(), null, connections, since);
    }

    private static int threads(GatewaySettings settings) {
        return settings.threads() > 0
                ? settings.threads()
                : Runtime.getRuntime().availableProcessors();
    }

    private Channel listen(ServerBootstrap bootstrap, GatewaySettings settings) {
        var bound = bootstrap.bind(settings.host(), settings.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw new GatewayBindException(settings.host(), settings.port(), bound.cause());
        }
        return bound.channel();
    }

    private static String advertisedHost(GatewaySettings settings) {
        if (settings.advertisedHost() != null) {
            return settings.advertisedHost();
        }
        try {
            InetAddress address = InetAddress.getByName(settings.host());
            return address.isAnyLocalAddress() ? InetAddress.getLocalHost().getHostAddress() : settings.host();
        } catch (UnknownHostException e) {
            return settings.host();
        }
    }

    @Override
    public InetSocketAddress address() {
        Channel channel = listening;
        if (channel == null) {
            throw new IllegalStateException("the gateway does not run");
        }
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public synchronized void stop() {
        registry.withdraw();
        Channel channel = listening;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
            listening = null;
        }
        for (Connection connection : services.connections().all()) {
            connection.channel().eventLoop().execute(() -> connection.close(CloseCause.SERVER_STOPPING));
        }
        outbox.stop();
        if (group != null) {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
            group = null;
        }
    }

    @Override
    public boolean isRunning() {
        return listening != null;
    }
}
