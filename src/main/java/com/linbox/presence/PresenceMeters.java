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

    /** Users whose sessions were looked up in a cache: tag {@code known}, see {@link Known}. */
    static final String CACHE_LOOKUPS = "linbox.presence.cache.lookups";

    /** How often a cache forgot everything, because it could not know what has changed. */
    static final String CACHE_FORGOTTEN = "linbox.presence.cache.forgotten";

    /** Whether a cache knew a user's sessions. */
    enum Known {
        YES,
        NO
    }

    private final Map<Finding, Counter> renewals = new EnumMap<>(Finding.class);
    private final Counter removed;
    private final Counter known;
    private final Counter unknown;
    private final Counter forgotten;

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
        this.known = lookups(Known.YES, registry);
        this.unknown = lookups(Known.NO, registry);
        this.forgotten = Counter.builder(CACHE_FORGOTTEN)
                .description("How often a cache of sessions forgot everything")
                .register(registry);
    }

    private static Counter lookups(Known known, MeterRegistry registry) {
        return Counter.builder(CACHE_LOOKUPS)
                .description("Users whose sessions were looked up in a cache")
                .tag("known", known.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    void looked(int knownUsers, int unknownUsers) {
        known.increment(knownUsers);
        unknown.increment(unknownUsers);
    }

    void forgotten() {
        forgotten.increment();
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
