package com.linbox.settings;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Tells of settings whose wanted value is wrong. LINBOX works on with another one: this is no reason to restart it. */
final class SettingsHealthIndicator implements HealthIndicator {

    /** Works, but not as somebody wants it to. */
    private static final Status DEGRADED = new Status("DEGRADED");

    private final LiveSettings settings;

    SettingsHealthIndicator(LiveSettings settings) {
        this.settings = settings;
    }

    @Override
    public Health health() {
        List<String> refusals = settings.refusals();
        return refusals.isEmpty()
                ? Health.up().build()
                : Health.status(DEGRADED).withDetail("refused", refusals).build();
    }
}
