package com.linbox.gateway;

import com.linbox.message.ErrorCode;
import com.linbox.metrics.Latency;
import com.linbox.protocol.PacketType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** The module's meters. */
final class GatewayMeters {

    /** How a sign-in ended. */
    enum SignIn {
        ACCEPTED,
        REFUSED,
        /** Refused for want of a content key of the user's. */
        WITHOUT_KEY,
        MALFORMED,
        UNAVAILABLE,
        /** A later sign-in that excludes it was quicker. */
        OVERTAKEN
    }

    /** How a reading of changed TLS files ended. */
    enum Reload {
        DONE,
        FAILED
    }

    private final MeterRegistry registry;
    private final Counter[] framesIn = new Counter[PacketType.values().length];
    private final Counter[] framesOut = new Counter[PacketType.values().length];
    private final Counter[] bytesIn = new Counter[PacketType.values().length];
    private final Counter[] bytesOut = new Counter[PacketType.values().length];
    private final Counter[] closed = new Counter[CloseCause.values().length];
    private final Counter[] rejected = new Counter[ErrorCode.values().length];
    private final Counter[] signIns = new Counter[SignIn.values().length];
    private final Counter[] handshakesRefused = new Counter[WebSocketHandshake.Refusal.values().length];
    private final Counter[] tlsReloads = new Counter[Reload.values().length];
    private final Timer sendToAnswer;
    private final Timer sendToDelivery;
    private final Timer requestToAnswer;
    private final Counter opened;
    private final Counter delayed;
    private final Counter undelivered;
    private final Counter failures;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger[] openBy = new AtomicInteger[Transport.values().length];
    private volatile double certificateExpiry = Double.NaN;

    GatewayMeters(MeterRegistry registry, Connections connections) {
        this.registry = registry;
        for (PacketType type : PacketType.values()) {
            framesIn[type.ordinal()] = counter(registry, "linbox.gateway.frames.in", "Frames read", "type", type);
            framesOut[type.ordinal()] = counter(registry, "linbox.gateway.frames.out", "Frames written", "type", type);
            bytesIn[type.ordinal()] = bytes(registry, "linbox.gateway.received", "Bytes of frames read", type);
            bytesOut[type.ordinal()] = bytes(registry, "linbox.gateway.sent", "Bytes of frames written", type);
        }
        for (CloseCause cause : CloseCause.values()) {
            closed[cause.ordinal()] =
                    counter(registry, "linbox.gateway.connections.closed", "Connections ended", "cause", cause);
        }
        for (ErrorCode code : ErrorCode.values()) {
            rejected[code.ordinal()] =
                    counter(registry, "linbox.gateway.requests.rejected", "Requests not queued", "cause", code);
        }
        for (SignIn outcome : SignIn.values()) {
            signIns[outcome.ordinal()] = counter(registry, "linbox.gateway.sign.ins", "Sign-ins", "outcome", outcome);
        }
        for (WebSocketHandshake.Refusal cause : WebSocketHandshake.Refusal.values()) {
            handshakesRefused[cause.ordinal()] = counter(
                    registry,
                    "linbox.gateway.handshakes.refused",
                    "Requests of HTTP that did not become WebSocket",
                    "cause",
                    cause);
        }
        for (Reload outcome : Reload.values()) {
            tlsReloads[outcome.ordinal()] =
                    counter(registry, "linbox.gateway.tls.reloads", "Changes of the TLS files", "outcome", outcome);
        }
        sendToAnswer = Latency.ofUsers("linbox.gateway.send.to.answer")
                .description("From a message's arrival here to the answer that it is stored, or refused")
                .register(registry);
        sendToDelivery = Latency.ofUsers("linbox.gateway.send.to.delivery")
                .description("From a message's arrival, wherever it came in, to a recipient's connection here")
                .register(registry);
        requestToAnswer = Latency.ofUsers("linbox.gateway.request.to.answer")
                .description("From the arrival of any other request that routers work on to its answer")
                .register(registry);
        opened = Counter.builder("linbox.gateway.connections.opened")
                .description("Connections that were accepted")
                .register(registry);
        delayed = Counter.builder("linbox.gateway.sign.ins.delayed")
                .description("Sign-ins that had to wait because too many from their address were refused")
                .register(registry);
        undelivered = Counter.builder("linbox.gateway.deliveries.missed")
                .description("Deliveries whose connection was gone")
                .register(registry);
        failures = Counter.builder("linbox.gateway.failures")
                .description("Failures of the server itself, each logged")
                .register(registry);
        Gauge.builder("linbox.gateway.connections.open", open, AtomicInteger::get)
                .description("Open connections, signed in or not")
                .register(registry);
        for (Transport transport : Transport.values()) {
            openBy[transport.ordinal()] = new AtomicInteger();
            Gauge.builder("linbox.gateway.connections.by.transport", openBy[transport.ordinal()], AtomicInteger::get)
                    .description("Open connections by what carries them")
                    .tag("transport", transport.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("linbox.gateway.tls.certificate.expiry", this, meters -> meters.certificateExpiry)
                .description("When the TLS certificate in use expires, since the epoch; NaN without TLS")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("linbox.gateway.connections.signed.in", connections, Connections::size)
                .description("Connections whose user is known")
                .register(registry);
    }

    /** @param limit 0 where there is none */
    void bindLimit(IntSupplier limit) {
        Gauge.builder("linbox.gateway.connections.limit", limit, IntSupplier::getAsInt)
                .description("Most open connections that are accepted; 0: no limit")
                .strongReference(true)
                .register(registry);
    }

    void bindHeld(Backpressure backpressure) {
        Gauge.builder("linbox.gateway.connections.held", backpressure, Backpressure::held)
                .description("Connections not read from until Kafka has caught up")
                .register(registry);
    }

    void bindWatched(PresenceWatch watch) {
        Gauge.builder("linbox.gateway.presence.watched", watch, PresenceWatch::users)
                .description("Users of whom a connection wants to know whether they are online")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String tag, Enum<?> value) {
        return Counter.builder(name)
                .description(description)
                .tag(tag, value.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static Counter bytes(MeterRegistry registry, String name, String description, PacketType type) {
        return Counter.builder(name)
                .description(description)
                .baseUnit("bytes")
                .tag("type", type.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    void opened(Transport transport) {
        opened.increment();
        open.incrementAndGet();
        openBy[transport.ordinal()].incrementAndGet();
    }

    void gone(Transport transport) {
        open.decrementAndGet();
        openBy[transport.ordinal()].decrementAndGet();
    }

    /** @param bytes header included */
    void frameIn(PacketType type, int bytes) {
        framesIn[type.ordinal()].increment();
        bytesIn[type.ordinal()].increment(bytes);
    }

    /** @param bytes header included */
    void frameOut(PacketType type, int bytes) {
        framesOut[type.ordinal()].increment();
        bytesOut[type.ordinal()].increment(bytes);
    }

    /** A packet was written to its connection that a request has led to, so long after that had arrived. */
    void delivered(PacketType type, long millis) {
        Timer timer =
                switch (type) {
                    case SEND_MSG_RESPONSE -> sendToAnswer;
                    case NEW_MESSAGE -> sendToDelivery;
                    default -> requestToAnswer;
                };
        // Another machine's clock may be ahead of this one's.
        timer.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    void closed(CloseCause cause) {
        closed[cause.ordinal()].increment();
    }

    void rejected(ErrorCode code) {
        rejected[code.ordinal()].increment();
    }

    void signIn(SignIn outcome) {
        signIns[outcome.ordinal()].increment();
    }

    void handshakeRefused(WebSocketHandshake.Refusal cause) {
        handshakesRefused[cause.ordinal()].increment();
    }

    void tlsReload(Reload outcome) {
        tlsReloads[outcome.ordinal()].increment();
    }

    void certificateExpires(Instant when) {
        certificateExpiry = when.getEpochSecond();
    }

    void signInDelayed() {
        delayed.increment();
    }

    void undelivered() {
        undelivered.increment();
    }

    void failed() {
        failures.increment();
    }
}
