package com.linbox.console;

import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Tells what this process has measured in the last hour. */
final class MeasureCalls {

    private final Samples samples;

    MeasureCalls(Samples samples) {
        this.samples = samples;
    }

    /** {@code GET /samples?since=}: those taken after that moment, so that whoever looks on asks for few. */
    ServerResponse samples(ServerRequest request) {
        return ServerResponse.ok()
                .body(samples.after(
                        Numbers.parse("since", request.param("since").orElse("0"), Long.MAX_VALUE)));
    }

    /** {@code GET /causes}. */
    ServerResponse causes(ServerRequest request) {
        return ServerResponse.ok().body(samples.causes());
    }
}
