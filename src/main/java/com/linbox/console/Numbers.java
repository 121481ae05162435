package com.linbox.console;

/** Reads numbers out of paths and queries. */
final class Numbers {

    private static final int MOST_DIGITS = 18;

    private Numbers() {}

    /** @throws Refusal where it is no number from 0 to {@code most} */
    static long parse(String name, String text, long most) {
        if (text.matches("\\d{1," + MOST_DIGITS + "}")) {
            long value = Long.parseLong(text);
            if (value <= most) {
                return value;
            }
        }
        throw Refusal.wrong(name + ": (expected: 0.." + most + ")");
    }
}
