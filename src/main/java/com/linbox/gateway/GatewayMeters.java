package com.linbox.gateway;

import com.linbox.message.ErrorCode;
import com.linbox.protocol.PacketType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

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
    private final Counter[] closed = new Counter[CloseCause.values().length];
    private final Counter[] rejected = new Counter[ErrorCode.values().length];
    private final Counter[] signIns = new Counter[SignIn.values().length];
    private final Counter[] tlsReloads = new Counter[Reload.values().length];
    private final Counter delayed;
    private final Counter undelivered;
    private final Counter failures;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong certificateExpiry = new AtomicLong();

    GatewayMeters(MeterRegistry registry, Connections connections) {
        this.registry = registry;
        for (PacketType type : PacketType.values()) {
            framesIn[type.ordinal()] = counter(registry, "linbox.gateway.frames.in", "Frames read", "type", type);
            framesOut[type.ordinal()] = counter(registry, "linbox.gateway.frames.out", "Frames written", "type", type);
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
        for (Reload outcome : Reload.values()) {
            tlsReloads[outcome.ordinal()] =
                    counter(registry, "linbox.gateway.tls.reloads", "Changes of the TLS files", "outcome", outcome);
        }
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
        Gauge.builder("linbox.gateway.connections.signed.in", connections, Connections::size)
                .description("Connections whose user is known")
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

    void opened() {
        open.incrementAndGet();
    }

    void gone() {
        open.decrementAndGet();
    }

    void frameIn(PacketType type) {
        framesIn[type.ordinal()].increment();
    }

    void frameOut(PacketType type) {
        framesOut[type.ordinal()].increment();
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

    void tlsReload(Reload outcome) {
        tlsReloads[outcome.ordinal()].increment();
    }

    void certificateExpires(Instant when) {
        if (certificateExpiry.getAndSet(when.getEpochSecond()) != 0) {
            return;
        }
        Gauge.builder("linbox.gateway.tls.certificate.expiry", certificateExpiry, AtomicLong::doubleValue)
                .description("When the TLS certificate in use expires, since the epoch")
                .baseUnit("seconds")
                .register(registry);
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
