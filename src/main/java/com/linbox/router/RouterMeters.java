package com.linbox.router;

import com.linbox.message.ErrorCode;
import com.linbox.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** The module's meters. */
final class RouterMeters {

    private final Counter[] rejected = new Counter[ErrorCode.values().length];
    private final Timer arrivalToStored;
    private final Timer arrivalToAnswer;
    private final Counter fannedOut;

    RouterMeters(MeterRegistry registry) {
        for (ErrorCode code : ErrorCode.values()) {
            rejected[code.ordinal()] = Counter.builder("linbox.router.requests.rejected")
                    .description("Requests answered with an error")
                    .tag("cause", code.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        arrivalToStored = Latency.ofUsers("linbox.router.arrival.to.stored")
                .description("From a message's arrival at its gateway to its commit in the database")
                .register(registry);
        arrivalToAnswer = Latency.ofUsers("linbox.router.arrival.to.answer")
                .description("From a request's arrival at its gateway to the answer's way into the outbox")
                .register(registry);
        fannedOut = Counter.builder("linbox.router.fanout.deliveries")
                .description("Group messages put on their way to a member's connection, once for each connection")
                .register(registry);
    }

    void rejected(ErrorCode code) {
        rejected[code.ordinal()].increment();
    }

    void fannedOut(int connections) {
        fannedOut.increment(connections);
    }

    void stored(Duration sinceArrival) {
        arrivalToStored.record(sinceArrival);
    }

    void answered(Duration sinceArrival) {
        arrivalToAnswer.record(sinceArrival);
    }
}
