package com.linbox.tracing;

import org.jspecify.annotations.Nullable;

/** Makes spans. Thread-safe, and next to free where nothing is traced. */
public interface Tracing {

    /** Records nothing. */
    Tracing OFF = new NoTracing();

    /**
     * Begins with what has come in from outside: the first span of a trace, if this is one of those to be sampled.
     *
     * @param caller the trace that it is a part of already, null where it is of none
     */
    Span begin(SpanName name, @Nullable TraceContext caller);

    /**
     * Goes on with what has come of something else.
     *
     * @param cause as that something else was told by {@link Span#context()}; null where it is of no trace
     */
    Span follow(SpanName name, @Nullable TraceContext cause);
}
