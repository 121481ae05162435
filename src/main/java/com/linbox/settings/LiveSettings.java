package com.linbox.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

/**
 * The settings that change while LINBOX runs: those components of settings records that are marked {@link
 * ChangesWhileRunning}, by their names in a settings file ({@code linbox.limits.burst}), and log levels
 * ({@code logging.level.com.linbox}). Thread-safe.
 */
public final class LiveSettings {

    private static final Logger log = LoggerFactory.getLogger(LiveSettings.class);

    private final ConfigurableEnvironment environment;
    private final Validator validator;
    private final LogLevels logLevels = new LogLevels();
    private final Map<Class<?>, LiveRecord<?>> records = new LinkedHashMap<>();
    private final Map<String, SettingOverride> overrides = new TreeMap<>();

    LiveSettings(ConfigurableEnvironment environment, Validator validator) {
        this.environment = environment;
        this.validator = validator;
    }

    /**
     * The values of a record from now on.
     *
     * @param type a record with {@code @ConfigurationProperties}
     * @throws org.springframework.boot.context.properties.bind.BindException where what LINBOX was started with is wrong
     */
    public synchronized <T extends Record> Live<T> of(Class<T> type) {
        @SuppressWarnings("unchecked") // put there below
        LiveRecord<T> known = (LiveRecord<T>) records.get(type);
        if (known == null) {
            known = new LiveRecord<>(type, environment, validator);
            records.put(type, known);
            known.apply(overrides.values());
        }
        return known.live();
    }

    /**
     * Gives a setting another value than the one LINBOX was started with. A wrong value is refused: the one before stays.
     * A name of a record that nobody in this process uses is remembered and does nothing.
     *
     * @param name as in a settings file
     * @param origin where the value came from, to be shown
     */
    public synchronized void override(String name, String value, String origin) {
        SettingOverride before = overrides.put(name, new SettingOverride(name, value, origin));
        apply(name);
        SettingOverride override = overrides.get(name);
        if (override == null || override.isLike(before)) {
            return;
        }
        if (override.refusal() == null) {
            log.info("{}={}, from {}", name, value, origin);
        } else {
            log.error("{} (from {}); the value before stays", override.refusal(), origin);
        }
    }

    /** Gives a setting back the value that LINBOX was started with. */
    public synchronized void withdraw(String name) {
        if (overrides.remove(name) != null) {
            apply(name);
            log.info("{} is again what it was at the start", name);
        }
    }

    /**
     * Why {@link #override} would refuse a value at this moment, in the same words; null where it would take it. Of a setting that
     * nobody in this process uses it cannot be told, which is a refusal too.
     */
    public synchronized @Nullable String refusalOf(String name, String value) {
        SettingOverride override = new SettingOverride(name, value, "nowhere");
        if (LogLevels.isOne(name)) {
            return LogLevels.refusalOf(override);
        }
        String refusal = name + ": nothing in this process has such a setting";
        for (LiveRecord<?> record : records.values()) {
            if (record.changes(name)) {
                return record.refusalOf(override);
            }
            if (record.has(name)) {
                refusal = record.refusalOf(override);
            }
        }
        return refusal;
    }

    private void apply(String name) {
        Collection<SettingOverride> all = overrides.values();
        if (LogLevels.isOne(name)) {
            logLevels.apply(all);
        } else {
            records.values().stream().filter(record -> record.has(name)).forEach(record -> record.apply(all));
        }
    }

    /** Every setting that can change, with its present value. */
    public synchronized List<State> states() {
        List<State> states = new ArrayList<>();
        for (LiveRecord<?> record : records.values()) {
            states.addAll(record.states(overrides));
        }
        states.addAll(logLevels.states(overrides));
        for (SettingOverride override : overrides.values()) {
            if (states.stream().noneMatch(state -> state.name().equals(override.name()))) {
                boolean refused = override.refusal() != null;
                states.add(new State(override.name(), null, override.origin(), override.refusal(), refused));
            }
        }
        return states;
    }

    /** What is wrong with overrides at present, one text for each. */
    public synchronized List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        for (SettingOverride override : overrides.values()) {
            if (override.refusal() != null) {
                refusals.add(override.refusal());
            }
        }
        return refusals;
    }

    /**
     * A setting as it is.
     *
     * @param value in effect, null where there is no such setting
     * @param origin where that value came from
     * @param refusal why another value that somebody wanted is not in effect, null where there is none
     * @param used whether anything in this process depends on it
     */
    public record State(
            String name,
            @Nullable String value,
            String origin,
            @Nullable String refusal,
            boolean used) {}
}
