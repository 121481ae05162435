package com.linbox.gateway;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the clients of a gateway that stops leave, spread out over a window so that they do not all come to the others at
 * once. Thread-safe.
 */
final class Drain {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    /** Few clients need not wait for long: so many a second the other gateways take without noticing. */
    private static final int CLIENTS_A_SECOND = 200;

    private final Connections connections;
    private final Supplier<GatewaySettings> settings;
    private final Supplier<LimitSettings> limits;
    private volatile @Nullable Window window;

    Drain(Connections connections, Supplier<GatewaySettings> settings, Supplier<LimitSettings> limits) {
        this.connections = connections;
        this.settings = settings;
        this.limits = limits;
    }

    /** Whether the gateway takes no new clients. */
    boolean isOn() {
        return window != null;
    }

    /** From now on every client is told to leave. */
    void begin() {
        int clients = connections.size();
        Window opened = Window.of(clients, settings.get().drain());
        window = opened;
        if (clients > 0) {
            log.info("{} clients are to leave within {} ms", clients, opened.length.toMillis());
        }
        for (Connection connection : connections.all()) {
            connection.channel().eventLoop().execute(() -> haveLeave(connection));
        }
    }

    /** Returns when all have left, or have had time to. */
    void awaitEnd() throws InterruptedException {
        Window opened = window;
        if (opened != null) {
            connections.awaitNone(opened.length
                    .plus(Connection.TIME_TO_LEAVE)
                    .plus(Connection.LONGEST_ANSWER)
                    .plus(limits.get().closing()));
        }
    }

    /** Tells this one, where the gateway stops: it may have signed in a moment too late. On its event loop. */
    void haveLeave(Connection connection) {
        Window open = window;
        if (open != null) {
            connection.haveLeave(open.someDelay());
        }
    }

    /** The time within which everybody is to leave. */
    private record Window(long begin, Duration length) {

        static Window of(int clients, Duration atMost) {
            Duration needed = Duration.ofMillis(clients * 1_000L / CLIENTS_A_SECOND);
            return new Window(System.nanoTime(), needed.compareTo(atMost) < 0 ? needed : atMost);
        }

        /** A random moment of what is left. */
        Duration someDelay() {
            long left = length.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            return Duration.ofMillis(left <= 0 ? 0 : ThreadLocalRandom.current().nextLong(left + 1));
        }
    }
}
