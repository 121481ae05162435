package com.linbox.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A setting at a start whose text is not a value of its type, in one line: its name, the text, the reason. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        if (property == null
                || isToldBetter(cause, BindValidationException.class)
                || isToldBetter(cause, InvalidConfigurationPropertyValueException.class)
                || isToldBetter(cause, UnboundConfigurationPropertiesException.class)) {
            return null;
        }
        return new FailureAnalysis(
                "%s=%s: %s".formatted(property.getName(), property.getValue(), SettingFaults.innermost(cause)),
                null,
                cause);
    }

    private boolean isToldBetter(Throwable failure, Class<? extends Throwable> type) {
        return findCause(failure, type) != null;
    }
}
