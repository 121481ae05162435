package com.linbox.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to. Counts are of messages that were to be sent while measuring, but for the two rates, which count what
 * happened in that time.
 *
 * @param refused answers with a status other than 200, by status, over the whole run
 * @param unanswered messages of the whole run without any answer
 * @param outOfOrder messages delivered after a later one of the same sender, or twice
 * @param ownCpuMicrosPerMessage what the generator itself took from the machine
 * @param group the large group's messages, which count nowhere else; null where there was none
 */
record BenchReport(
        Load load,
        long sent,
        long stored,
        long delivered,
        double storedPerSecond,
        double deliveredPerSecond,
        Latency sendToStored,
        Latency sendToDelivered,
        Map<Integer, Long> refused,
        long unanswered,
        long outOfOrder,
        long connectionsLost,
        long ownCpuMicrosPerMessage,
        @Nullable GroupReport group) {

    record Load(String address, int pairs, int connections, int rate, int window, int payloadBytes, double seconds) {

        static Load of(BenchSettings settings) {
            return new Load(
                    settings.host() + ":" + settings.port(),
                    settings.pairs(),
                    settings.users() + settings.idleUsers(),
                    settings.rate(),
                    settings.window(),
                    settings.payload(),
                    settings.duration().toMillis() / 1e3);
        }
    }

    /** In milliseconds. */
    record Latency(double p50, double p95, double p99, double max) {

        static Latency of(Histogram nanos) {
            return new Latency(
                    millis(nanos.getValueAtPercentile(50)),
                    millis(nanos.getValueAtPercentile(95)),
                    millis(nanos.getValueAtPercentile(99)),
                    millis(nanos.getMaxValue()));
        }

        private static double millis(long nanos) {
            return Math.round(nanos / 1e3) / 1e3;
        }

        String text() {
            return String.format(Locale.ROOT, "p50 %.1f  p95 %.1f  p99 %.1f  max %.1f ms", p50, p95, p99, max);
        }
    }

    /** Whether the server did what it is for: delivered something, and nothing went wrong. */
    boolean isGood() {
        return delivered > 0
                && refused.isEmpty()
                && unanswered == 0
                && outOfOrder == 0
                && connectionsLost == 0
                && delivered == stored
                && (group == null || group.isGood());
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%nin %.0f s: sent %,d  stored %,d  delivered %,d%n",
                load.seconds,
                sent,
                stored,
                delivered);
        out.printf(Locale.ROOT, "a second:  stored %,.0f  delivered %,.0f%n", storedPerSecond, deliveredPerSecond);
        out.println("send -> stored     " + sendToStored.text());
        out.println("send -> delivered  " + sendToDelivered.text());
        out.printf(Locale.ROOT, "the generator itself: %,d µs of CPU a message%n", ownCpuMicrosPerMessage);
        refused.forEach((status, count) -> out.printf(Locale.ROOT, "refused with %d: %,d%n", status, count));
        printUnlessZero(out, "unanswered", unanswered);
        printUnlessZero(out, "stored but not delivered", Math.max(0, stored - delivered));
        printUnlessZero(out, "out of order or twice", outOfOrder);
        printUnlessZero(out, "connections lost", connectionsLost);
        if (group != null) {
            group.print(out);
        }
        out.flush();
    }

    private static void printUnlessZero(PrintStream out, String what, long count) {
        if (count != 0) {
            out.printf(Locale.ROOT, "%s: %,d%n", what, count);
        }
    }
}
