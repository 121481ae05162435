package com.linbox.performance;

import java.util.Locale;

/**
 * A promised figure and what was measured.
 *
 * @param what such as "send → stored at 1,000 a second, p99"
 * @param bound what it is to be
 * @param atLeast whether the bound is from below
 */
record Budget(String what, double bound, boolean atLeast, String unit, double measured) {

    static Budget atLeast(String what, double bound, String unit, double measured) {
        return new Budget(what, bound, true, unit, measured);
    }

    static Budget atMost(String what, double bound, String unit, double measured) {
        return new Budget(what, bound, false, unit, measured);
    }

    boolean isMet() {
        return atLeast ? measured >= bound : measured <= bound;
    }

    String row() {
        return "| %s | %s %s %s | %s %s | %s |"
                .formatted(
                        what,
                        atLeast ? "≥" : "≤",
                        number(bound),
                        unit,
                        number(measured),
                        unit,
                        isMet() ? "yes" : "**no**");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : "%.1f", value);
    }
}
