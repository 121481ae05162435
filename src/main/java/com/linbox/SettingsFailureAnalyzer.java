package com.linbox;

import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Settings that their record's constraints refuse, in one line: the name, the value and the reason of each. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<BindValidationException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, BindValidationException cause) {
        ConfigurationPropertyName prefix = cause.getValidationErrors().getName();
        return new FailureAnalysis(
                cause.getValidationErrors().getAllErrors().stream()
                        .map(error -> describe(prefix, error))
                        .collect(Collectors.joining("; ")),
                null,
                cause);
    }

    private static String describe(ConfigurationPropertyName prefix, ObjectError error) {
        if (error instanceof FieldError field) {
            return "%s.%s=%s: %s"
                    .formatted(prefix, dashed(field.getField()), field.getRejectedValue(), field.getDefaultMessage());
        }
        return "%s: %s".formatted(prefix, error.getDefaultMessage());
    }

    /** {@code authTimeout}, as Java has it, is {@code auth-timeout} in a settings file. */
    private static String dashed(String field) {
        return field.replaceAll("(?<=[a-z0-9])([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
