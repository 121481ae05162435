package com.linbox.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets the start's failure be told by the engine's own sentence, without a stack trace. */
final class EngineFailureAnalyzer extends AbstractFailureAnalyzer<EngineFailedException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, EngineFailedException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
