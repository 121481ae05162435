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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Listens for clients from the start of the application to its end. */
final class GatewayServer implements SmartLifecycle, GatewayEndpoint {

    private static final Duration LOAD_REPORT = Duration.ofSeconds(2);
    private static final Duration RENEWAL = Presence.LIFETIME.dividedBy(6);

    /** How long the end of the last sessions is waited for. */
    private static final Duration LONGEST_SIGN_OUT = Duration.ofSeconds(2);

    private final GatewayServices services;
    private final @Nullable TlsContexts tls;
    private final OutboxReader outbox;
    private final GatewayRegistry registry;
    private @Nullable EventLoopGroup group;
    private volatile @Nullable Supplier<Gateway> announcement;
    private volatile @Nullable Channel listening;
    private volatile @Nullable Channel listeningTls;

    /** @param tls null where there is no port for it */
    GatewayServer(GatewayServices services, @Nullable TlsContexts tls, OutboxReader outbox, GatewayRegistry registry) {
        this.services = services;
        this.tls = tls;
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
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(server)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true);
        // The way out is open before the first client comes in.
        outbox.start(
                services.gatewayId(),
                new DeliveryDispatcher(
                        services.connections(), services.meters(), services.tracing(), services.clock()));
        services.presenceWatch().start();
        listening = listen(bootstrap, null, "linbox.gateway.port", settings.port());
        if (tls != null) {
            listeningTls = listen(bootstrap, tls, "linbox.gateway.tls.port", tls.port());
            tls.watch();
        }
        // Whoever took this gateway for gone may have removed its sessions.
        registry.whenSeen(services.sessionKeeper()::renewAll);
        announcement = announcementAt(advertisedHost(settings), services.clock().millis());
        loops.next().scheduleAtFixedRate(this::announce, 0, LOAD_REPORT.toMillis(), TimeUnit.MILLISECONDS);
        loops.next()
                .scheduleAtFixedRate(
                        new ConnectionSweep(services),
                        ConnectionSweep.PERIOD.toMillis(),
                        ConnectionSweep.PERIOD.toMillis(),
                        TimeUnit.MILLISECONDS);
        loops.next()
                .scheduleAtFixedRate(
                        services.sessionKeeper()::renewAll,
                        RENEWAL.toMillis(),
                        RENEWAL.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private Supplier<Gateway> announcementAt(String host, long since) {
        int port = address().getPort();
        InetSocketAddress secure = tlsAddress();
        Integer tlsPort = secure == null ? null : secure.getPort();
        return () -> new Gateway(
                services.gatewayId(),
                host,
                port,
                tlsPort,
                services.connections().size(),
                since,
                services.drain().isOn());
    }

    private void announce() {
        Supplier<Gateway> now = announcement;
        if (now != null) {
            registry.announce(now.get());
        }
    }

    private static int threads(GatewaySettings settings) {
        return settings.threads() > 0
                ? settings.threads()
                : Runtime.getRuntime().availableProcessors();
    }

    private Channel listen(ServerBootstrap common, @Nullable TlsContexts encryption, String setting, int port) {
        String host = services.settings().host();
        var bound = common.clone()
                .childHandler(new GatewayChannelInitializer(services, encryption))
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw new GatewayBindException(setting, host, port, bound.cause());
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
    public @Nullable InetSocketAddress tlsAddress() {
        Channel channel = listeningTls;
        if (channel == null && tls != null) {
            throw new IllegalStateException("the gateway does not run");
        }
        return channel == null ? null : (InetSocketAddress) channel.localAddress();
    }

    /** How many clients are signed in. */
    int signedIn() {
        return services.connections().size();
    }

    /**
     * Sends the clients away and ends when the last has left or has had time to. Until then everything goes on for those who
     * are still there: others see that no more come in here, but reach those who are.
     */
    @Override
    public synchronized void stop() {
        services.drain().begin();
        announce();
        close(listening);
        listening = null;
        close(listeningTls);
        listeningTls = null;
        if (tls != null) {
            tls.close();
        }
        try {
            services.drain().awaitEnd();
            end();
            services.sessionKeeper().awaitSignOuts(LONGEST_SIGN_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    private void end() {
        registry.withdraw();
        announcement = null;
        for (Connection connection : services.connections().all()) {
            connection.channel().eventLoop().execute(() -> connection.close(CloseCause.SERVER_STOPPING));
        }
        outbox.stop();
        services.presenceWatch().stop();
        if (group != null) {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
            group = null;
        }
    }

    private static void close(@Nullable Channel channel) {
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
    }

    @Override
    public boolean isRunning() {
        return listening != null;
    }
}
