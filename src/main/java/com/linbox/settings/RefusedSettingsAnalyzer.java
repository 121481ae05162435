package com.linbox.settings;

import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Settings at a start that their record's constraints refuse, in one line: the name, the value and the reason of each. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusedSettingsAnalyzer extends AbstractFailureAnalyzer<BindValidationException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, BindValidationException cause) {
        return new FailureAnalysis(SettingFaults.describe(cause), null, cause);
    }
}
