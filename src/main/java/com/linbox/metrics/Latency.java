package com.linbox.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Histograms of times, with few boundaries at round numbers, the same in every process, so that Prometheus can add them up. The
 * times that LINBOX promises are among the boundaries, where what is read from a histogram is exact.
 */
public final class Latency {

    private static final Duration[] ENGINES = millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000);
    private static final Duration[] USERS =
            millis(5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 30_000);

    private Latency() {}

    /** Of what an engine takes: 1 ms to 10 s. */
    public static Timer.Builder ofEngine(String name) {
        return Timer.builder(name).serviceLevelObjectives(ENGINES);
    }

    /** Of what a user waits for: 5 ms to 30 s. */
    public static Timer.Builder ofUsers(String name) {
        return Timer.builder(name).serviceLevelObjectives(USERS);
    }

    private static Duration[] millis(long... boundaries) {
        return Arrays.stream(boundaries).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
