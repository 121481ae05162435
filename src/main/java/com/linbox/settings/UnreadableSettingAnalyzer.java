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

/**
 * A setting at a start whose text is not a value of its type, in one line: its name, the text, the reason. Where it is the
 * settings' record that refuses a value, the reason names the setting, and the value only where it may be shown.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, BindException cause) {
        if (isToldBetter(cause, BindValidationException.class)
                || isToldBetter(cause, InvalidConfigurationPropertyValueException.class)
                || isToldBetter(cause, UnboundConfigurationPropertiesException.class)) {
            return null;
        }
        ConfigurationProperty property = cause.getProperty();
        // A record that refuses leaves the property behind that was read before, which may be any.
        String description = property != null && property.getName().equals(cause.getName())
                ? "%s=%s: %s".formatted(property.getName(), property.getValue(), SettingFaults.innermost(cause))
                : "%s.%s".formatted(cause.getName(), SettingFaults.innermost(cause));
        return new FailureAnalysis(description, null, cause);
    }

    private boolean isToldBetter(Throwable failure, Class<? extends Throwable> type) {
        return findCause(failure, type) != null;
    }
}
