package com.linbox.faults;

import com.linbox.faults.Event.Disturbed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The figures of a run, printed as they come. */
final class FaultReport {

    /** What was seen of one kind of fault. */
    private static final class Figures {
        final Histogram recovery = new Histogram(3);
        final Histogram longestWait = new Histogram(3);
    }

    private final Map<String, Figures> byKind = new TreeMap<>();
    private long highestP99;
    private List<Violation> violations = List.of();
    private @Nullable Progress progress;

    /** @param waits how long sends took meanwhile, in milliseconds */
    void add(List<Fault> faults, Disturbed disturbed, Histogram waits) {
        boolean well = disturbed.recovered() != Long.MAX_VALUE;
        System.out.printf(
                Locale.ROOT,
                "%8.1f s  %s: p99 %.1f s, longest wait %.1f s, %s%n",
                disturbed.at() / 1e3,
                disturbed.faults(),
                waits.getValueAtPercentile(99) / 1e3,
                waits.getMaxValue() / 1e3,
                well
                        ? "well after %.1f s".formatted((disturbed.recovered() - disturbed.until()) / 1e3)
                        : "NOT RECOVERED");
        if (well) {
            Figures figures = byKind.computeIfAbsent(kind(faults), kind -> new Figures());
            figures.recovery.recordValue(disturbed.recovered() - disturbed.until());
            figures.longestWait.recordValue(waits.getMaxValue());
        }
        highestP99 = Math.max(highestP99, waits.getValueAtPercentile(99));
    }

    private static String kind(List<Fault> faults) {
        return faults.size() > 1 ? "two at once" : kind(faults.get(0));
    }

    private static String kind(Fault fault) {
        String name = fault.getClass().getSimpleName();
        return fault instanceof Fault.OfPart ofPart ? name + " " + ofPart.part().role() : name;
    }

    void finish(Progress finished, List<Violation> found) {
        progress = finished;
        violations = List.copyOf(found);
        System.out.println(this);
    }

    List<Violation> violations() {
        return violations;
    }

    /** From a send to its answer, in milliseconds. */
    Histogram stored() {
        return progress.stored();
    }

    /** The highest p99 of the time from a send to its answer during any of the faults, in milliseconds. */
    long highestP99() {
        return highestP99;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("%n%-24s %6s %26s %26s%n"
                .formatted("fault", "times", "well again after p50, max", "longest wait p50, max"));
        byKind.forEach((kind, figures) -> text.append("%-24s %6d %24s s %24s s%n"
                .formatted(
                        kind,
                        figures.recovery.getTotalCount(),
                        seconds(figures.recovery),
                        seconds(figures.longestWait))));
        if (progress != null) {
            text.append(quantiles("send -> stored", progress.stored()));
            text.append(quantiles("send -> delivered to all", progress.delivered()));
        }
        text.append(violations.isEmpty() ? "Every promise was kept." : violations.size() + " violations:");
        text.append(violations.stream().map(violation -> "\n" + violation).collect(Collectors.joining()));
        return text.toString();
    }

    private static String seconds(Histogram millis) {
        return "%.1f, %.1f".formatted(millis.getValueAtPercentile(50) / 1e3, millis.getMaxValue() / 1e3);
    }

    private static String quantiles(String name, Histogram millis) {
        return "%s: %,d messages, p50 %d ms, p99 %,d ms, max %,d ms%n"
                .formatted(
                        name,
                        millis.getTotalCount(),
                        millis.getValueAtPercentile(50),
                        millis.getValueAtPercentile(99),
                        millis.getMaxValue());
    }
}
