/**
 * How one request is followed through all roles: traces for those who collect them, and one name for it in all logs.
 *
 * <p>A trace begins where a request comes in, in a gateway or with a call of the back end. It goes on to the routers in the
 * header {@code traceparent} of Kafka's records, as <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> has it,
 * and from them to the gateways beside the deliveries in the outbox. Only a trace that was sampled leaves any of that: while
 * {@code linbox.tracing.endpoint} is not set, nothing is made, carried or looked for, and no class of OpenTelemetry is loaded.
 *
 * <p>Starting points: {@link com.linbox.tracing.Tracing}, {@link com.linbox.tracing.SpanName} for what is measured, {@link
 * com.linbox.tracing.Trail} for logs.
 */
@ApplicationModule(allowedDependencies = "settings")
@NullMarked
package com.linbox.tracing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
