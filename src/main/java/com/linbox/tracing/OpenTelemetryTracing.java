package com.linbox.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** {@link Tracing} by OpenTelemetry. Spans that the collector does not take in time are lost, and nothing waits for it. */
final class OpenTelemetryTracing implements Tracing, AutoCloseable {

    private static final Duration EXPORT_EVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final DoubleSupplier sampling;

    /**
     * @param service what collectors call this process
     * @param instance what tells it from others of that name
     * @param sampling the share of beginnings that are recorded, 0 to 1
     */
    OpenTelemetryTracing(
            URI endpoint, Map<String, String> headers, String service, String instance, DoubleSupplier sampling) {
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).setCompression("gzip");
        headers.forEach(exporter::addHeader);
        // Whether to sample is decided before there is a span, so that what is not sampled costs nothing.
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"), service,
                                AttributeKey.stringKey("service.instance.id"), instance))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setScheduleDelay(EXPORT_EVERY)
                        .build())
                .build();
        this.tracer = provider.get("com.linbox");
        this.sampling = sampling;
    }

    @Override
    public Span begin(SpanName name, @Nullable TraceContext caller) {
        if (caller != null) {
            return follow(name, caller);
        }
        return ThreadLocalRandom.current().nextDouble() < sampling.getAsDouble()
                ? start(builder(name).setNoParent())
                : Span.NONE;
    }

    @Override
    public Span follow(SpanName name, @Nullable TraceContext cause) {
        if (cause == null) {
            return Span.NONE;
        }
        SpanContext parent = SpanContext.createFromRemoteParent(
                cause.traceId(), cause.spanIdText(), TraceFlags.getSampled(), TraceState.getDefault());
        return start(builder(name).setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(parent))));
    }

    private SpanBuilder builder(SpanName name) {
        SpanKind kind =
                switch (name.kind()) {
                    case ENTRY -> SpanKind.SERVER;
                    case FROM_QUEUE -> SpanKind.CONSUMER;
                    case INSIDE -> SpanKind.INTERNAL;
                };
        return tracer.spanBuilder(name.text()).setSpanKind(kind);
    }

    private static Span start(SpanBuilder builder) {
        io.opentelemetry.api.trace.Span span = builder.startSpan();
        SpanContext context = span.getSpanContext();
        String traceId = context.getTraceId();
        return new Recorded(
                span,
                new TraceContext(
                        HexFormat.fromHexDigitsToLong(traceId, 0, 16),
                        HexFormat.fromHexDigitsToLong(traceId, 16, 32),
                        HexFormat.fromHexDigitsToLong(context.getSpanId())));
    }

    /** Sends what there still is, and waits for a moment only. */
    @Override
    public void close() {
        provider.shutdown().join(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Recorded(io.opentelemetry.api.trace.Span span, TraceContext context) implements Span {

        @Override
        public boolean isRecorded() {
            return true;
        }

        @Override
        public Span with(SpanFact fact, String value) {
            span.setAttribute(fact.key(), value);
            return this;
        }

        @Override
        public Span with(SpanFact fact, long value) {
            span.setAttribute(fact.key(), value);
            return this;
        }

        @Override
        public void end() {
            span.end();
        }

        /** By its class alone: what an exception says may hold what nobody is to collect. */
        @Override
        public void fail(Throwable cause) {
            span.setStatus(StatusCode.ERROR, cause.getClass().getName());
            span.end();
        }
    }
}
