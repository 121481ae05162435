package com.linbox.tracing;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The name of one request in the logs of all roles: its user and {@code r_id}, which its client knows and the database has, and
 * its trace where it is of one. What is logged {@link #around} something has both; {@link #note} logs one for each
 * stop on the request's way, where this class's logger is at debug.
 *
 * @param requestId null where it is not known
 */
public record Trail(
        @Nullable String userId,
        @Nullable Long requestId,
        @Nullable TraceContext trace) {

    /** The key in the logs' context whose value is such as {@code 1001/42}. */
    static final String REQUEST = "linbox.request";

    /** The key for the trace's id, by the name that ECS has for it. */
    static final String TRACE = "trace.id";

    private static final Logger log = LoggerFactory.getLogger(Trail.class);

    public static Trail of(long userId, @Nullable Long requestId, @Nullable TraceContext trace) {
        return new Trail(Long.toString(userId), requestId, trace);
    }

    /** Whether it is worth finding out what {@link #note} needs. */
    public static boolean isNoted() {
        return log.isDebugEnabled();
    }

    /** Names a stop that the request has come to. */
    public void note(String format, Object... arguments) {
        if (log.isDebugEnabled()) {
            around(() -> log.debug(format, arguments));
        }
    }

    /** Does something; every line that this thread logs meanwhile is of this request. */
    public void around(Runnable something) {
        MDC.put(REQUEST, (isId(userId) ? userId : "?") + "/" + (requestId == null ? "?" : requestId));
        if (trace != null) {
            MDC.put(TRACE, trace.traceId());
        }
        try {
            something.run();
        } finally {
            MDC.remove(REQUEST);
            MDC.remove(TRACE);
        }
    }

    /** What a client gives for an id may be anything. */
    private static boolean isId(@Nullable String text) {
        return text != null && text.length() <= 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
