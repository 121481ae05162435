package com.linbox.tracing;

import org.jspecify.annotations.Nullable;

/** Something that takes time, and is a part of a trace or of none. Any thread may end it. */
public interface Span {

    /** Of no trace. */
    Span NONE = new PassedOn(null);

    /** What is carried to whatever comes of it; null where that is of no trace. */
    @Nullable
    TraceContext context();

    /** Whether it is recorded: whether it is worth finding out facts for. */
    boolean isRecorded();

    Span with(SpanFact fact, String value);

    Span with(SpanFact fact, long value);

    /** It ends well. */
    void end();

    /** It ends, and not well. */
    void fail(Throwable cause);
}
