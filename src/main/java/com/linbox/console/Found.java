package com.linbox.console;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Meters of one name, looked for until there are some: not all are there from the start, and not all roles have them. */
final class Found<M extends Meter> {

    private final MeterRegistry registry;
    private final Class<M> type;
    private final String name;
    private final Predicate<Meter.Id> wanted;
    private @Nullable List<M> meters;

    Found(MeterRegistry registry, Class<M> type, String name, Predicate<Meter.Id> wanted) {
        this.registry = registry;
        this.type = type;
        this.name = name;
        this.wanted = wanted;
    }

    /** None where there are none yet. */
    List<M> meters() {
        List<M> known = meters;
        if (known != null) {
            return known;
        }
        Collection<Meter> all = registry.find(name).meters();
        List<M> found = all.stream()
                .filter(meter -> wanted.test(meter.getId()))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        if (!found.isEmpty()) {
            meters = found;
        }
        return found;
    }
}
