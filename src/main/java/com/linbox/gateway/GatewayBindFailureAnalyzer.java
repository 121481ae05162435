package com.linbox.gateway;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets the start's failure be told in one line, without a stack trace. */
final class GatewayBindFailureAnalyzer extends AbstractFailureAnalyzer<GatewayBindException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, GatewayBindException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
