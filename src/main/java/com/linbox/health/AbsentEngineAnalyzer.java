package com.linbox.health;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets the start's failure be told in one line, without a stack trace. */
final class AbsentEngineAnalyzer extends AbstractFailureAnalyzer<AbsentEngineException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, AbsentEngineException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
