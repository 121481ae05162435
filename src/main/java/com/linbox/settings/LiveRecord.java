package com.linbox.settings;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

/**
 * A settings record with its overrides. Overrides are taken one after the other, each with those before it, for a record's
 * constraints may hold several of its settings against each other; where one is refused, it is tried again with the others,
 * and then the value that it had before. Not thread-safe.
 */
final class LiveRecord<T extends Record> {

    private final Class<T> type;
    private final String prefix;
    private final ConfigurableEnvironment environment;
    private final Validator validator;
    private final Map<String, RecordComponent> components = new LinkedHashMap<>();
    private final Live<T> live;
    private Map<String, SettingOverride> inEffect = Map.of();

    LiveRecord(Class<T> type, ConfigurableEnvironment environment, Validator validator) {
        this.type = type;
        this.environment = environment;
        this.validator = validator;
        ConfigurationProperties properties =
                AnnotatedElementUtils.getMergedAnnotation(type, ConfigurationProperties.class);
        if (properties == null) {
            throw new IllegalArgumentException(type + " (expected: with @ConfigurationProperties)");
        }
        this.prefix = properties.prefix();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(ChangesWhileRunning.class)) {
                components.put(prefix + "." + SettingFaults.dashed(component.getName()), component);
            }
        }
        this.live = new Live<>(bind(Map.of()));
    }

    Live<T> live() {
        return live;
    }

    /** Whether a name is, or looks like, one of this record's settings. */
    boolean has(String name) {
        return name.startsWith(prefix + ".");
    }

    /** Brings the values to those of the environment with these overrides, as far as they are right. */
    void apply(Collection<SettingOverride> overrides) {
        Map<String, SettingOverride> before = inEffect;
        Map<String, SettingOverride> accepted = new LinkedHashMap<>();
        List<SettingOverride> waiting = new ArrayList<>(
                overrides.stream().filter(override -> has(override.name())).toList());
        int left;
        do {
            left = waiting.size();
            waiting.removeIf(override -> take(override, accepted));
        } while (waiting.size() < left);
        for (SettingOverride refused : waiting) {
            SettingOverride earlier = before.get(refused.name());
            if (earlier != null) {
                take(earlier, accepted);
            }
        }
        live.set(bind(accepted));
        inEffect = accepted;
    }

    /** Whether a name is that of a setting of this record which can change. */
    boolean changes(String name) {
        return components.containsKey(name);
    }

    /** Why an override would be refused, beside those that are in effect; null where it would be taken. Changes nothing. */
    @Nullable
    String refusalOf(SettingOverride override) {
        Map<String, SettingOverride> others = new LinkedHashMap<>(inEffect);
        others.remove(override.name());
        return take(override, others) ? null : override.refusal();
    }

    private boolean take(SettingOverride override, Map<String, SettingOverride> accepted) {
        if (!components.containsKey(override.name())) {
            override.refused("%s: cannot change while LINBOX runs (expected: %s)"
                    .formatted(override.name(), String.join(", ", components.keySet())));
            return false;
        }
        Map<String, SettingOverride> candidate = new LinkedHashMap<>(accepted);
        candidate.put(override.name(), override);
        try {
            bind(candidate);
        } catch (BindException e) {
            override.refused(reason(override, e));
            return false;
        }
        override.accepted();
        accepted.put(override.name(), override);
        return true;
    }

    private static String reason(SettingOverride override, BindException failure) {
        return failure.getCause() instanceof BindValidationException invalid
                ? SettingFaults.describe(invalid)
                : "%s=%s: %s".formatted(override.name(), override.value(), SettingFaults.innermost(failure));
    }

    private T bind(Map<String, SettingOverride> overrides) {
        Map<String, String> values = new LinkedHashMap<>();
        overrides.forEach((name, override) -> values.put(name, override.value()));
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        sources.add(new MapConfigurationPropertySource(values));
        ConfigurationPropertySources.get(environment).forEach(sources::add);
        Binder binder = new Binder(sources, new PropertySourcesPlaceholdersResolver(environment));
        return binder.bindOrCreate(prefix, Bindable.of(type), new ValidationBindHandler(validator));
    }

    /** @param offered all overrides, those that are not in effect among them */
    List<LiveSettings.State> states(Map<String, SettingOverride> offered) {
        return components.entrySet().stream()
                .map(entry -> {
                    String name = entry.getKey();
                    SettingOverride effective = inEffect.get(name);
                    SettingOverride wanted = offered.get(name);
                    return new LiveSettings.State(
                            name,
                            valueOf(entry.getValue()),
                            effective == null ? originAtStart(name) : effective.origin(),
                            wanted == null ? null : wanted.refusal(),
                            true);
                })
                .toList();
    }

    private String valueOf(RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return String.valueOf(component.getAccessor().invoke(live.get()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + "." + component.getName() + " cannot be read", e);
        }
    }

    private String originAtStart(String name) {
        ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(wanted);
            if (property != null) {
                Origin origin = property.getOrigin();
                return origin == null ? String.valueOf(source.getUnderlyingSource()) : origin.toString();
            }
        }
        return "default";
    }
}
