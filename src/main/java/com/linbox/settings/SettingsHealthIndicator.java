package com.linbox.settings;

import com.linbox.health.Degraded;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Tells of settings whose wanted value is wrong. LINBOX works on with another one: this is no reason to restart it. */
final class SettingsHealthIndicator implements HealthIndicator {

    private final LiveSettings settings;

    SettingsHealthIndicator(LiveSettings settings) {
        this.settings = settings;
    }

    @Override
    public Health health() {
        List<String> refusals = settings.refusals();
        return refusals.isEmpty()
                ? Health.up().build()
                : Health.status(Degraded.STATUS).withDetail("refused", refusals).build();
    }
}
