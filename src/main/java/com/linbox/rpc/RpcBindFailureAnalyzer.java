package com.linbox.rpc;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets the start's failure be told in one line, without a stack trace. */
final class RpcBindFailureAnalyzer extends AbstractFailureAnalyzer<RpcBindException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, RpcBindException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
