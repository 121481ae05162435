package com.linbox.health;

import com.linbox.health.EngineWatch.Answer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** The health of each engine that this process works on. */
final class Engines implements AutoCloseable {

    /** 1 where the engine answers, 0 where it does not: tag {@code engine}, see {@link Engine}. */
    static final String UP = "linbox.engine.up";

    private final List<EngineWatch> watches;
    private final List<Reliance> reliances;

    Engines(List<EngineWatch> watches, List<Reliance> reliances, MeterRegistry registry) {
        this.watches = watches;
        this.reliances = reliances;
        for (EngineWatch watch : watches) {
            Gauge.builder(UP, watch, one -> one.answer().isThere() ? 1 : 0)
                    .description("Whether the engine answers this process: 1, or 0")
                    .tag("engine", watch.engine().tag())
                    .register(registry);
        }
    }

    void start() {
        watches.forEach(EngineWatch::start);
    }

    Map<String, HealthIndicator> indicators() {
        Map<String, HealthIndicator> indicators = new LinkedHashMap<>();
        watches.forEach(watch -> indicators.put(watch.engine().tag(), () -> health(watch)));
        return indicators;
    }

    private Health health(EngineWatch watch) {
        Answer answer = watch.answer();
        if (answer.isThere()) {
            return Health.up().build();
        }
        List<Reliance> concerned = reliances.stream()
                .filter(reliance -> reliance.engine() == watch.engine())
                .toList();
        boolean essential = concerned.stream().anyMatch(Reliance::essential);
        Health.Builder health = Health.status(essential ? Status.DOWN : Degraded.STATUS);
        health.withDetail("reason", String.valueOf(answer.reason()));
        concerned.forEach(reliance -> health.withDetail(reliance.role(), reliance.without()));
        return health.build();
    }

    @Override
    public void close() {
        watches.forEach(EngineWatch::close);
    }
}
