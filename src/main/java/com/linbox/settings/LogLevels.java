package com.linbox.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;

/** Levels of loggers that were changed, and what they were before. Not thread-safe. */
final class LogLevels {

    private static final String PREFIX = "logging.level.";

    private final LoggingSystem logging = LoggingSystem.get(LogLevels.class.getClassLoader());
    private final Map<String, SettingOverride> inEffect = new HashMap<>();
    private final Map<String, LevelAtStart> atStart = new HashMap<>();

    static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }

    void apply(Collection<SettingOverride> overrides) {
        Map<String, SettingOverride> wanted = new HashMap<>();
        overrides.stream()
                .filter(override -> isOne(override.name()))
                .forEach(override -> wanted.put(override.name(), override));
        for (String name : List.copyOf(inEffect.keySet())) {
            if (!wanted.containsKey(name)) {
                inEffect.remove(name);
                logging.setLogLevel(loggerOf(name), atStart.remove(name).level());
            }
        }
        wanted.values().forEach(this::take);
    }

    /** Why an override would be refused; null where it would be taken. */
    static @Nullable String refusalOf(SettingOverride override) {
        return level(override.value()) == null ? refusal(override) : null;
    }

    private static String refusal(SettingOverride override) {
        return "%s=%s: (expected: one of %s)"
                .formatted(
                        override.name(),
                        override.value(),
                        Arrays.toString(LogLevel.values()).toLowerCase(Locale.ROOT));
    }

    private void take(SettingOverride override) {
        LogLevel level = level(override.value());
        if (level == null) {
            override.refused(refusal(override));
            return;
        }
        String logger = loggerOf(override.name());
        atStart.computeIfAbsent(override.name(), name -> new LevelAtStart(configured(logger)));
        logging.setLogLevel(logger, level);
        override.accepted();
        inEffect.put(override.name(), override);
    }

    private @Nullable LogLevel configured(String logger) {
        LoggerConfiguration configuration = logging.getLoggerConfiguration(logger);
        return configuration == null ? null : configuration.getConfiguredLevel();
    }

    private static String loggerOf(String name) {
        String logger = name.substring(PREFIX.length());
        return logger.equalsIgnoreCase(LoggingSystem.ROOT_LOGGER_NAME) ? LoggingSystem.ROOT_LOGGER_NAME : logger;
    }

    private static @Nullable LogLevel level(String text) {
        try {
            return LogLevel.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** @param offered all overrides, those that are not in effect among them */
    List<LiveSettings.State> states(Map<String, SettingOverride> offered) {
        return offered.values().stream()
                .filter(wanted -> isOne(wanted.name()))
                .map(wanted -> {
                    SettingOverride effective = inEffect.get(wanted.name());
                    return effective == null
                            ? new LiveSettings.State(wanted.name(), null, "unchanged", wanted.refusal(), true)
                            : new LiveSettings.State(
                                    wanted.name(), effective.value(), effective.origin(), wanted.refusal(), true);
                })
                .toList();
    }

    /** @param level null where the logger had none of its own */
    private record LevelAtStart(@Nullable LogLevel level) {}
}
