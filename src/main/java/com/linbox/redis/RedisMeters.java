package com.linbox.redis;

import com.linbox.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is measured of the traffic with Redis. */
final class RedisMeters {

    /** Time from sending a batch to its last answer. */
    static final String BATCH_TIME = "linbox.redis.batch.time";

    /** Commands in a batch. */
    static final String BATCH_SIZE = "linbox.redis.batch.size";

    /** Batches and single commands that failed; tag {@code cause}, see {@link FailureCause}. */
    static final String FAILURES = "linbox.redis.failures";

    /** Why Redis did not do what it was asked. */
    enum FailureCause {
        /** No connection. */
        UNREACHABLE,
        /** No answer in time. */
        TIMEOUT,
        /** Redis answered with an error, or the connection broke before it answered. */
        REFUSED,
        /** The waiting thread was told to end. */
        INTERRUPTED
    }

    private final Timer batchTime;
    private final DistributionSummary batchSize;
    private final Map<FailureCause, Counter> failures = new EnumMap<>(FailureCause.class);

    RedisMeters(MeterRegistry registry) {
        this.batchTime = Latency.ofEngine(BATCH_TIME)
                .description("Time from sending a batch of commands to its last answer")
                .register(registry);
        this.batchSize = DistributionSummary.builder(BATCH_SIZE)
                .description("Commands sent together")
                .baseUnit("commands")
                .register(registry);
        for (FailureCause cause : FailureCause.values()) {
            failures.put(
                    cause,
                    Counter.builder(FAILURES)
                            .description("Batches and single commands that Redis did not carry out")
                            .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void batch(int commands, long nanos) {
        batchTime.record(nanos, TimeUnit.NANOSECONDS);
        batchSize.record(commands);
    }

    void failure(FailureCause cause) {
        Counter counter = failures.get(cause);
        if (counter != null) {
            counter.increment();
        }
    }
}
