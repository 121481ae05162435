package com.linbox.settings;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Says in one line what is wrong with settings. */
final class SettingFaults {

    private SettingFaults() {}

    /** The name, the value and the reason of each setting that its record's constraints refuse. */
    static String describe(BindValidationException failure) {
        ConfigurationPropertyName prefix = failure.getValidationErrors().getName();
        return failure.getValidationErrors().getAllErrors().stream()
                .map(error -> describe(prefix, error))
                .collect(Collectors.joining("; "));
    }

    private static String describe(ConfigurationPropertyName prefix, ObjectError error) {
        if (error instanceof FieldError field) {
            return "%s.%s=%s: %s"
                    .formatted(prefix, dashed(field.getField()), field.getRejectedValue(), field.getDefaultMessage());
        }
        return "%s: %s".formatted(prefix, error.getDefaultMessage());
    }

    /** The innermost cause's message, where a setting's own record or type says what it expects. */
    static @Nullable String innermost(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    /** {@code authTimeout}, as Java has it, is {@code auth-timeout} in a settings file. */
    static String dashed(String field) {
        return field.replaceAll("(?<=[a-z0-9])([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
