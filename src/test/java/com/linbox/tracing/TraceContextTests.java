package com.linbox.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTests {

    /** The example of the recommendation. */
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void aHeaderIsReadAndWritten() {
        TraceContext context = TraceContext.parse(TRACEPARENT);

        assertThat(context).isEqualTo(new TraceContext(0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L));
        assertThat(context.traceparent()).isEqualTo(TRACEPARENT);
        assertThat(context.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void aLaterVersionMaySayMore() {
        assertThat(TraceContext.parse("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03-more"))
                .isEqualTo(TraceContext.parse(TRACEPARENT));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "nonsense",
                // not sampled
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                // of no trace, of no span
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
            })
    void whatNobodyRecordsIsNoContext(String traceparent) {
        assertThat(TraceContext.parse(traceparent)).isNull();
    }
}
