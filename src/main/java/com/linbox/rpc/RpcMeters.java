package com.linbox.rpc;

import com.linbox.message.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

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
    private final Set<String> methods;
    private final Counter[] callers = new Counter[Caller.values().length];

    /** @param methods the names that the tag {@code method} may have, such as {@code MessageService.send} */
    RpcMeters(MeterRegistry registry, Set<String> methods) {
        this.registry = registry;
        this.methods = methods;
        for (Caller outcome : Caller.values()) {
            callers[outcome.ordinal()] = Counter.builder("linbox.rpc.callers")
                    .description("Calls by whether their caller was let in")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    void caller(Caller outcome) {
        callers[outcome.ordinal()].increment();
    }

    void answered(String method, Duration took) {
        record(method, OK, took);
    }

    void failed(String method, ErrorCode code, Duration took) {
        record(method, code.name().toLowerCase(Locale.ROOT), took);
    }

    private void record(String method, String outcome, Duration took) {
        Timer.builder("linbox.rpc.calls")
                .description("Calls by method and outcome")
                .tag("method", methods.contains(method) ? method : OTHER)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }
}
