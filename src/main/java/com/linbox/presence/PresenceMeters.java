package com.linbox.presence;

import com.linbox.presence.RenewScript.Finding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What is measured of sessions. */
final class PresenceMeters {

    /** Renewed sessions by what was found: tag {@code finding}, see {@link Finding}. */
    static final String RENEWALS = "linbox.presence.renewals";

    /** Sessions removed because their gateway is gone. */
    static final String REMOVED = "linbox.presence.removed";

    private final Map<Finding, Counter> renewals = new EnumMap<>(Finding.class);
    private final Counter removed;

    PresenceMeters(MeterRegistry registry) {
        for (Finding finding : Finding.values()) {
            renewals.put(
                    finding,
                    Counter.builder(RENEWALS)
                            .description("Renewed sessions by what was found")
                            .tag("finding", finding.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        this.removed = Counter.builder(REMOVED)
                .description("Sessions removed because their gateway is gone")
                .register(registry);
    }

    void renewed(Finding finding) {
        Counter counter = renewals.get(finding);
        if (counter != null) {
            counter.increment();
        }
    }

    void removed(int sessions) {
        removed.increment(sessions);
    }
}
