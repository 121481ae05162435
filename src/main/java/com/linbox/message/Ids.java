package com.linbox.message;

import org.jspecify.annotations.Nullable;

/** Ids of users and groups: decimal digits on the wire, positive 63-bit numbers inside. */
public final class Ids {

    private static final int MAX_DIGITS = 19;
    private static final int MAX_SHOWN = 32;

    private Ids() {}

    /**
     * Reads an id. Leading zeros are another spelling of the same id ({@code 007} is 7), so that whatever is derived from
     * an id is derived from the number; up to 19 digits are read.
     *
     * @param field the wire's name of the field, for the error's text
     * @throws RequestRejectedException where the text is absent, not made of decimal digits, zero, or beyond 63 bits
     */
    public static long parse(String field, @Nullable String text) throws RequestRejectedException {
        if (text == null || text.isEmpty()) {
            throw new RequestRejectedException(ErrorCode.MISSING_FIELD, field + ": missing");
        }
        long value = text.length() > MAX_DIGITS ? -1 : digits(text);
        if (value <= 0) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_ID,
                    field + ": " + abbreviated(text) + " (expected: decimal digits, 1.." + Long.MAX_VALUE + ")");
        }
        return value;
    }

    private static long digits(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
            if (value < 0) {
                return -1;
            }
        }
        return value;
    }

    private static String abbreviated(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end) + "…";
    }
}
