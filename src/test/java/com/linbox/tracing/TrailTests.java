package com.linbox.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TrailTests {

    private static final TraceContext TRACE = new TraceContext(1, 2, 3);

    @Test
    void whatIsLoggedAroundSomethingIsOfItsRequest() {
        assertThat(during(Trail.of(1001, 42L, TRACE)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("linbox.request", "1001/42", "trace.id", "00000000000000010000000000000002"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void withoutATraceItHasItsNameAllTheSame() {
        assertThat(during(Trail.of(1001, 42L, null))).isEqualTo(Map.of("linbox.request", "1001/42"));
    }

    @Test
    void aClientCannotWriteIntoTheLog() {
        assertThat(during(new Trail("1001\nERROR", null, null))).isEqualTo(Map.of("linbox.request", "?/?"));
    }

    private static Map<String, String> during(Trail trail) {
        Map<String, String> context = new HashMap<>();
        trail.around(() -> context.putAll(MDC.getCopyOfContextMap()));
        return context;
    }
}
