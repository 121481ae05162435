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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
    private final WebSocketSettings webSocket;
    private final OutboxReader outbox;
    private final GatewayRegistry registry;
    private @Nullable EventLoopGroup group;
    private volatile @Nullable Supplier<Gateway> announcement;
    private volatile Map<Transport, Channel> listening = Map.of();

    /** @param tls null where there is none */
    GatewayServer(
            GatewayServices services,
            @Nullable TlsContexts tls,
            WebSocketSettings webSocket,
            OutboxReader outbox,
            GatewayRegistry registry) {
        this.services = services;
        this.tls = tls;
        this.webSocket = webSocket;
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
        listen(bootstrap, Transport.TCP, "linbox.gateway.port", settings.port());
        if (tls != null) {
            listen(bootstrap, Transport.TLS, "linbox.gateway.tls.port", tls.port());
            tls.watch();
        }
        if (webSocket.port() != null) {
            listen(bootstrap, Transport.WS, "linbox.gateway.ws.port", webSocket.port());
        }
        if (webSocket.tlsPort() != null) {
            listen(bootstrap, Transport.WSS, "linbox.gateway.ws.tls-port", webSocket.tlsPort());
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
        Integer tlsPort = portOf(tlsAddress());
        Integer wsPort = portOf(webSocketAddress());
        Integer wssPort = portOf(webSocketTlsAddress());
        return () -> new Gateway(
                services.gatewayId(),
                host,
                port,
                tlsPort,
                wsPort,
                wssPort,
                services.connections().size(),
                since,
                services.drain().isOn());
    }

    private static @Nullable Integer portOf(@Nullable InetSocketAddress address) {
        return address == null ? null : address.getPort();
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

    private void listen(ServerBootstrap common, Transport transport, String setting, int port) {
        String host = services.settings().host();
        var bound = common.clone()
                .childHandler(new GatewayChannelInitializer(
                        services, transport.isOverTls() ? tls : null, transport.isWebSocket() ? webSocket : null))
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw new GatewayBindException(setting, host, port, bound.cause());
        }
        Map<Transport, Channel> all = new EnumMap<>(Transport.class);
        all.putAll(listening);
        all.put(transport, bound.channel());
        listening = all;
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
        return Objects.requireNonNull(address(Transport.TCP));
    }

    @Override
    public @Nullable InetSocketAddress tlsAddress() {
        return address(Transport.TLS);
    }

    @Override
    public @Nullable InetSocketAddress webSocketAddress() {
        return address(Transport.WS);
    }

    @Override
    public @Nullable InetSocketAddress webSocketTlsAddress() {
        return address(Transport.WSS);
    }

    private @Nullable InetSocketAddress address(Transport transport) {
        Map<Transport, Channel> all = listening;
        if (!all.containsKey(Transport.TCP)) {
            throw new IllegalStateException("the gateway does not run");
        }
        Channel channel = all.get(transport);
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
        listening.values().forEach(channel -> channel.close().awaitUninterruptibly());
        listening = Map.of();
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

    @Override
    public boolean isRunning() {
        return !listening.isEmpty();
    }
}
