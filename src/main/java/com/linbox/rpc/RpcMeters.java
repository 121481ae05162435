package com.linbox.rpc;

import com.linbox.message.ErrorCode;
import com.linbox.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/** The module's meters. */
final class RpcMeters {

    /** How a caller was looked at. */
    enum Caller {
        ADMITTED,
        WITHOUT_SECRET,
        WITH_WRONG_SECRET,
        REFUSED_BY_TLS
    }

    private static final String OK = "ok";
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Map<String, Timer> answered = new HashMap<>();
    private final Timer time;
    private final Counter[] callers = new Counter[Caller.values().length];

    /** @param methods the names that the tag {@code method} may have, such as {@code MessageService.send} */
    RpcMeters(MeterRegistry registry, Set<String> methods) {
        this.registry = registry;
        for (Caller outcome : Caller.values()) {
            callers[outcome.ordinal()] = Counter.builder("linbox.rpc.callers")
                    .description("Calls by whether their caller was let in")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        time = Latency.ofUsers("linbox.rpc.time")
                .description("Time of a call, whatever its method and outcome")
                .register(registry);
        methods.forEach(method -> answered.put(method, calls(method, OK)));
        answered.put(OTHER, calls(OTHER, OK));
        // Every outcome is there from the start, so that its first increase is seen as one.
        for (ErrorCode code : ErrorCode.values()) {
            calls(OTHER, tag(code));
        }
    }

    void bindConnections(IntSupplier connections) {
        Gauge.builder("linbox.rpc.connections", connections::getAsInt)
                .description("Connections of back ends")
                .register(registry);
    }

    void caller(Caller outcome) {
        callers[outcome.ordinal()].increment();
    }

    void answered(String method, Duration took) {
        Timer known = answered.get(method);
        (known == null ? calls(OTHER, OK) : known).record(took);
        time.record(took);
    }

    void failed(String method, ErrorCode code, Duration took) {
        calls(answered.containsKey(method) ? method : OTHER, tag(code)).record(took);
        time.record(took);
    }

    private Timer calls(String method, String outcome) {
        return Timer.builder("linbox.rpc.calls")
                .description("Calls by method and outcome")
                .tag("method", method)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static String tag(ErrorCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
