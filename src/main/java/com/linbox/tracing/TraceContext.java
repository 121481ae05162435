package com.linbox.tracing;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace that is being recorded: what comes of it is a part of the same trace. Traces that are not recorded have
 * none.
 *
 * @param traceHigh the upper half of the trace's id
 * @param traceLow the lower half; not both are 0
 * @param spanId of the span that what follows belongs to, not 0
 */
public record TraceContext(long traceHigh, long traceLow, long spanId) {

    /** The name of the header that carries it, in Kafka's records as in HTTP. */
    public static final String HEADER = "traceparent";

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{16})([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final int SAMPLED = 1;

    /**
     * Reads the value of such a header.
     *
     * @return null where it is none, or of a trace that nobody records
     */
    public static @Nullable TraceContext parse(@Nullable String traceparent) {
        if (traceparent == null) {
            return null;
        }
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        if (!matcher.matches() || (HexFormat.fromHexDigits(matcher.group(4)) & SAMPLED) == 0) {
            return null;
        }
        var context = new TraceContext(
                HexFormat.fromHexDigitsToLong(matcher.group(1)),
                HexFormat.fromHexDigitsToLong(matcher.group(2)),
                HexFormat.fromHexDigitsToLong(matcher.group(3)));
        boolean valid = (context.traceHigh != 0 || context.traceLow != 0) && context.spanId != 0;
        return valid ? context : null;
    }

    /** The value of such a header. */
    public String traceparent() {
        return "00-" + traceId() + "-" + spanIdText() + "-01";
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(traceHigh) + hex.toHexDigits(traceLow);
    }

    String spanIdText() {
        return HexFormat.of().toHexDigits(spanId);
    }
}
