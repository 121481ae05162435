package com.linbox.gateway;

import com.linbox.cluster.Gateway;
import com.linbox.cluster.GatewayRegistry;
import com.linbox.credential.ContentKey;
import com.linbox.credential.ContentKeys;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxReader;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.presence.PresenceFeed;
import com.linbox.presence.Session;
import com.linbox.protocol.AesContentCipher;
import com.linbox.protocol.CommandReader;
import com.linbox.redis.RedisBatch;
import com.linbox.systemmessage.SystemMessageSettings;
import com.linbox.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A gateway without engines: everybody may sign in, and a {@link TestLog} takes the requests. */
final class TestGateway implements AutoCloseable {

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final TestLog log;
    final TestSystemMessages systemMessages;
    final AtomicReference<LimitSettings> limits;
    final GatewayServices services;
    final AtomicReference<GatewaySettings> settings;
    private final TlsSettings tlsSettings;
    private final WebSocketSettings webSocketSettings;
    private final Map<String, String> values = new HashMap<>(
            Map.of("linbox.gateway.port", "0", "linbox.gateway.tls.port", "0", "linbox.gateway.ws.port", "0"));
    private volatile Gateway announced;
    private final Set<Long> signedOut = ConcurrentHashMap.newKeySet();
    private final AtomicReference<CompletionStage<Boolean>> admission =
            new AtomicReference<>(CompletableFuture.completedStage(true));
    private TlsContexts tls;
    private GatewayServer server;

    /** @param properties names and values in turn, without {@code linbox.} */
    TestGateway(String... properties) {
        this(new TestSystemMessages(), properties);
    }

    TestGateway(TestSystemMessages systemMessages, String... properties) {
        this.systemMessages = systemMessages;
        for (int i = 0; i < properties.length; i += 2) {
            values.put("linbox." + properties[i], properties[i + 1]);
        }
        Binder binder = binder();
        settings = new AtomicReference<>(binder.bindOrCreate("linbox.gateway", GatewaySettings.class));
        tlsSettings = binder.bindOrCreate("linbox.gateway.tls", TlsSettings.class);
        webSocketSettings = binder.bindOrCreate("linbox.gateway.ws", WebSocketSettings.class);
        SystemMessageSettings systemMessageSettings =
                binder.bindOrCreate("linbox.system-messages", SystemMessageSettings.class);
        limits = new AtomicReference<>(binder.bindOrCreate("linbox.limits", LimitSettings.class));
        Connections connections = new Connections();
        GatewayMeters meters = new GatewayMeters(registry, connections);
        log = new TestLog(new DeliveryDispatcher(connections, meters, Tracing.OFF, Clock.systemUTC()));
        NoEngines engines = new NoEngines();
        services = new GatewayServices(
                "test",
                settings::get,
                limits::get,
                AesContentCipher.ofPassPhrase(settings.get().v1Key()),
                new OpenConnections(limits::get),
                connections,
                (userId, token, device) -> admission.get(),
                new SharedKeyOnly(),
                new SignInThrottle(
                        binder.bindOrCreate("linbox.gateway.sign-in-throttle", SignInThrottleSettings.class),
                        Duration.ofMillis(100),
                        System::nanoTime),
                new SessionKeeper(engines, engines, meters, connections, () -> 1),
                systemMessages,
                () -> systemMessageSettings,
                new CommandReader(() -> 16_384),
                new CountingGroupIds(),
                log,
                new Backpressure(log),
                new UserBuckets(),
                new PresenceWatch(
                        new NobodyOnline(),
                        new DeliveryDispatcher(connections, meters, Tracing.OFF, Clock.systemUTC()),
                        meters,
                        Clock.systemUTC()),
                new Drain(connections, settings::get, limits::get),
                meters,
                Tracing.OFF,
                Clock.systemUTC());
    }

    private Binder binder() {
        return new Binder(new MapConfigurationPropertySource(values));
    }

    /** Gives a setting another value while the gateway runs. */
    void change(String property, String value) {
        values.put("linbox." + property, value);
        settings.set(binder().bindOrCreate("linbox.gateway", GatewaySettings.class));
        limits.set(binder().bindOrCreate("linbox.limits", LimitSettings.class));
    }

    /** From here on nobody is signed in before the result is completed. */
    CompletableFuture<Boolean> holdSignIns() {
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        admission.set(later);
        return later;
    }

    TestGateway start() {
        webSocketSettings.check(tlsSettings);
        tls = tlsSettings.isOn() ? TlsContexts.load(tlsSettings, services.meters()) : null;
        NoEngines engines = new NoEngines();
        server = new GatewayServer(services, tls, webSocketSettings, engines, engines);
        server.start();
        return this;
    }

    /** The pipeline of a plain connection, for channels of a test's own. */
    GatewayChannelInitializer pipeline() {
        return new GatewayChannelInitializer(services, null, null);
    }

    /** The same for a connection that is to become a WebSocket. */
    GatewayChannelInitializer webSocketPipeline() {
        return new GatewayChannelInitializer(services, null, webSocketSettings);
    }

    InetSocketAddress clients() {
        return server.address();
    }

    InetSocketAddress tlsClients() {
        return server.tlsAddress();
    }

    InetSocketAddress webSocketClients() {
        return server.webSocketAddress();
    }

    InetSocketAddress webSocketClientsOverTls() {
        return server.webSocketTlsAddress();
    }

    TlsContexts tls() {
        return tls;
    }

    Gateway announced() {
        return announced;
    }

    /** The users whose sessions were taken from the presence. */
    Set<Long> signedOut() {
        return signedOut;
    }

    /** Stops it on a thread of its own; ends when it has stopped. */
    CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(server::stop, task -> new Thread(task, "stop").start());
    }

    MeterRegistry meters() {
        return registry;
    }

    double closed(CloseCause cause) {
        return count("linbox.gateway.connections.closed", "cause", cause);
    }

    double count(String meter, String tag, Enum<?> value) {
        return registry.get(meter)
                .tag(tag, value.name().toLowerCase(java.util.Locale.ROOT))
                .counter()
                .count();
    }

    /** Failures of the gateway itself. */
    double failures() {
        return registry.get("linbox.gateway.failures").counter().count();
    }

    double open() {
        return registry.get("linbox.gateway.connections.open").gauge().value();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
    }

    private static final class NobodyOnline implements PresenceFeed {

        @Override
        public boolean refresh(LongConsumer changed) {
            return true;
        }

        @Override
        public void online(long[] userIds, Found found) {
            for (long userId : userIds) {
                found.online(userId, false);
            }
        }

        @Override
        public void forget(long userId) {
            // Nothing is remembered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class SharedKeyOnly implements ContentKeys {

        @Override
        public boolean areDynamic() {
            return false;
        }

        @Override
        public CompletionStage<ContentKey> obtain(long userId) {
            throw new IllegalStateException();
        }

        @Override
        public CompletionStage<ContentKey> current(long userId) {
            throw new IllegalStateException();
        }
    }

    private final class NoEngines implements Presence, OutboxWriter, OutboxReader, GatewayRegistry {

        @Override
        public CompletionStage<List<Session>> signIn(Session session, long registration) {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public CompletionStage<Void> signOut(Session session) {
            signedOut.add(session.userId());
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<List<Session>> renew(
                Collection<Session> sessions, LongSupplier registration, Predicate<Session> connected) {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public CompletionStage<List<Session>> sessions(RedisBatch batch, long userId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(RedisBatch batch, String gatewayId, List<? extends Delivery> deliveries) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> write(String gatewayId, List<? extends Delivery> deliveries) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void start(String gatewayId, Consumer<List<Delivery>> listener) {
            // The log delivers by itself.
        }

        @Override
        public void stop() {
            // Nothing was started.
        }

        @Override
        public void announce(Gateway gateway) {
            announced = gateway;
        }

        @Override
        public void whenSeen(Runnable listener) {
            // Nobody takes it for gone.
        }

        @Override
        public long registration() {
            return 1;
        }

        @Override
        public void withdraw() {
            announced = null;
        }
    }
}
