package com.linbox.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An hour of what this process' meters said, every five seconds: the meters that Prometheus is given, and nothing else. Rings of numbers,
 * of which there are as many as there are meters to be shown, so that the memory is bounded: some 350 KB. Thread-safe.
 */
final class Samples {

    static final Duration PERIOD = Duration.ofSeconds(5);
    static final int KEPT = (int) (Duration.ofHours(1).toSeconds() / PERIOD.toSeconds());

    /** How far back the shorter of the two sums of {@link #causes()} goes. */
    static final Duration LATELY = Duration.ofMinutes(5);

    private static final int MOST_CAUSES = 300;
    private static final Predicate<Meter.Id> ANY = id -> true;

    /**
     * Meters that count what somebody was refused, by cause.
     *
     * @param tag whose values are the causes; empty where the meter has none
     * @param fine values that are no refusals
     */
    private record Family(String meter, String tag, Set<String> fine) {}

    private static final List<Family> FAMILIES = List.of(
            new Family("linbox.gateway.sign.ins", "outcome", Set.of("accepted")),
            new Family("linbox.gateway.sign.ins.delayed", "", Set.of()),
            new Family("linbox.credential.checks", "verdict", Set.of("admitted")),
            new Family("linbox.gateway.connections.closed", "cause", Set.of("client_closed")),
            new Family("linbox.gateway.requests.rejected", "cause", Set.of()),
            new Family("linbox.router.requests.rejected", "cause", Set.of()),
            new Family("linbox.gateway.handshakes.refused", "cause", Set.of()),
            new Family("linbox.rpc.callers", "outcome", Set.of("admitted")),
            new Family(ConsoleMeters.SIGN_INS, "outcome", Set.of("accepted")));

    private final MeterRegistry registry;
    private final long[] times = new long[KEPT];
    private final Map<String, Ring> series = new LinkedHashMap<>();
    private final List<Reading> readings = new ArrayList<>();
    private final Map<Meter.Id, CountedCause> causes = new LinkedHashMap<>();
    private int next;
    private int size;

    /** Adds a value to each of its rings. */
    private interface Reading {

        /** @param seconds since the last one; 0 the first time */
        void take(double seconds);
    }

    Samples(MeterRegistry registry) {
        this.registry = registry;
        rate("messages.received", "linbox.gateway.frames.in", tagged("type", "send_msg_request"));
        rate("messages.stored", "linbox.store.messages", tagged("outcome", "stored"));
        rate("messages.delivered", "linbox.gateway.frames.out", tagged("type", "new_message"));
        percentiles("answer", "linbox.gateway.send.to.answer");
        percentiles("delivery", "linbox.gateway.send.to.delivery");
        percentiles("storing", "linbox.router.arrival.to.stored");
        gauge("connections.open", "linbox.gateway.connections.open", ANY);
        gauge("connections.signed.in", "linbox.gateway.connections.signed.in", ANY);
        for (String topic : List.of("send", "query", "fanout", "offline")) {
            gauge("lag." + topic, "linbox.journal.lag", tagged("topic", "linbox." + topic));
        }
        gauge("outbox.depth", "linbox.outbox.depth", ANY);
        rate("sign.ins.failed", "linbox.gateway.sign.ins", id -> !"accepted".equals(id.getTag("outcome")));
        rate("requests.refused", "linbox.gateway.requests.rejected", ANY);
        rate("dead.letters", "linbox.journal.dead.letters", ANY);
        gauge("cpu", "process.cpu.usage", ANY);
        gauge("heap", "jvm.memory.used", tagged("area", "heap"));
    }

    private static Predicate<Meter.Id> tagged(String tag, String value) {
        return id -> value.equals(id.getTag(tag));
    }

    private Ring ring(String name) {
        Ring ring = new Ring(KEPT);
        series.put(name, ring);
        return ring;
    }

    private void gauge(String name, String meter, Predicate<Meter.Id> wanted) {
        Ring ring = ring(name);
        Found<Gauge> gauges = new Found<>(registry, Gauge.class, meter, wanted);
        readings.add(seconds -> ring.add(
                gauges.meters().isEmpty()
                        ? Double.NaN
                        : gauges.meters().stream().mapToDouble(Gauge::value).sum()));
    }

    private void rate(String name, String meter, Predicate<Meter.Id> wanted) {
        Ring ring = ring(name);
        Found<Counter> counters = new Found<>(registry, Counter.class, meter, wanted);
        double[] before = {0};
        readings.add(seconds -> {
            double now = counters.meters().stream().mapToDouble(Counter::count).sum();
            ring.add(seconds <= 0 || counters.meters().isEmpty() ? Double.NaN : Math.max(0, now - before[0]) / seconds);
            before[0] = now;
        });
    }

    private void percentiles(String name, String meter) {
        Ring half = ring(name + ".p50");
        Ring nearlyAll = ring(name + ".p99");
        Found<Timer> timers = new Found<>(registry, Timer.class, meter, ANY);
        Quantiles quantiles = new Quantiles();
        readings.add(seconds -> {
            quantiles.measure(timers.meters());
            half.add(seconds <= 0 ? Double.NaN : quantiles.quantile(0.5));
            nearlyAll.add(seconds <= 0 ? Double.NaN : quantiles.quantile(0.99));
        });
    }

    /** @param now in milliseconds since the epoch */
    synchronized void take(long now) {
        double seconds = size == 0 ? 0 : (now - times[Math.floorMod(next - 1, KEPT)]) / 1000.0;
        times[next] = now;
        next = (next + 1) % KEPT;
        size = Math.min(size + 1, KEPT);
        readings.forEach(reading -> reading.take(seconds));
        lookForCauses();
        causes.values().forEach(cause -> cause.take(seconds));
    }

    private void lookForCauses() {
        for (Family family : FAMILIES) {
            for (Counter counter : registry.find(family.meter()).counters()) {
                String cause = family.tag().isEmpty()
                        ? ""
                        : String.valueOf(counter.getId().getTag(family.tag()));
                if (!family.fine().contains(cause) && causes.size() < MOST_CAUSES) {
                    causes.computeIfAbsent(counter.getId(), any -> new CountedCause(family.meter(), cause, counter));
                }
            }
        }
    }

    /** How often something was refused, and how much oftener each time. */
    private static final class CountedCause {

        private final String meter;
        private final String cause;
        private final Counter counter;
        private final Ring increases = new Ring(KEPT);
        private double before;

        CountedCause(String meter, String cause, Counter counter) {
            this.meter = meter;
            this.cause = cause;
            this.counter = counter;
        }

        void take(double seconds) {
            double now = counter.count();
            increases.add(seconds <= 0 ? 0 : Math.max(0, now - before));
            before = now;
        }

        Cause cause() {
            int lately = (int) (LATELY.toSeconds() / PERIOD.toSeconds());
            return new Cause(
                    meter,
                    cause,
                    Math.round(increases.sum(lately)),
                    Math.round(increases.sum(KEPT)),
                    Math.round(counter.count()));
        }
    }

    /**
     * How often something was refused for one cause.
     *
     * @param meter its name, as {@code src/docs/metrics.md} has it but for dots
     * @param cause empty where the meter knows but one
     * @param lately in the last five minutes
     * @param hour in the last hour
     * @param total since the process started
     */
    record Cause(String meter, String cause, long lately, long hour, long total) {}

    /** Of every cause, also of those that never were. */
    synchronized List<Cause> causes() {
        return causes.values().stream().map(CountedCause::cause).toList();
    }

    /**
     * Samples, oldest first.
     *
     * @param at when each was taken, in milliseconds since the epoch
     * @param series by name; null where it was not known
     */
    record Window(long period, List<Long> at, Map<String, List<@Nullable Float>> series) {}

    /** What was taken after {@code since}, in milliseconds since the epoch; 0 for all there is. */
    synchronized Window after(long since) {
        int from = size;
        while (from > 0 && times[Math.floorMod(next - from, KEPT)] <= since) {
            from--;
        }
        List<Long> at = new ArrayList<>(from);
        for (int back = from - 1; back >= 0; back--) {
            at.add(times[Math.floorMod(next - 1 - back, KEPT)]);
        }
        Map<String, List<@Nullable Float>> values = new LinkedHashMap<>();
        for (Map.Entry<String, Ring> one : series.entrySet()) {
            @Nullable Float[] known = new @Nullable Float[from];
            for (int back = from - 1; back >= 0; back--) {
                float value = one.getValue().get(back);
                known[from - 1 - back] = Float.isNaN(value) || Float.isInfinite(value) ? null : value;
            }
            values.put(one.getKey(), Arrays.asList(known));
        }
        return new Window(PERIOD.toMillis(), at, values);
    }

    /** How many bytes the rings take up. */
    synchronized int bytes() {
        return series.values().stream().mapToInt(Ring::bytes).sum()
                + causes.values().stream()
                        .mapToInt(cause -> cause.increases.bytes())
                        .sum()
                + times.length * Long.BYTES;
    }
}
