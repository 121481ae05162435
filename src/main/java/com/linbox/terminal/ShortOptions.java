package com.linbox.terminal;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets a program's settings be given on the command line without their prefix: {@code --pairs=50} for
 * {@code --linbox.bench.pairs=50}. Only the command line counts: the environment variables {@code USER}, {@code HOST} and
 * {@code PORT} of a shell have nothing to do with it. A short option that is no setting stops the start.
 */
public final class ShortOptions implements BeanFactoryPostProcessor {

    /** Options of Spring Boot's own that have no dot in them. */
    private static final Set<String> OF_SPRING_BOOT = Set.of("debug", "trace");

    private final ConfigurableEnvironment environment;
    private final String prefix;
    private final Set<String> names;

    /** @param settings the record that is bound to {@code prefix} */
    public ShortOptions(ConfigurableEnvironment environment, String prefix, Class<? extends Record> settings) {
        this.environment = environment;
        this.prefix = prefix;
        this.names = Arrays.stream(settings.getRecordComponents())
                .map(RecordComponent::getName)
                .map(ShortOptions::dashed)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        if (environment.getPropertySources().get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME)
                instanceof CommandLinePropertySource<?> commandLine) {
            environment
                    .getPropertySources()
                    .addBefore(commandLine.getName(), new MapPropertySource("shortOptions", prefixed(commandLine)));
        }
    }

    private Map<String, Object> prefixed(CommandLinePropertySource<?> commandLine) {
        Map<String, Object> values = new HashMap<>();
        for (String option : commandLine.getPropertyNames()) {
            if (names.contains(option)) {
                values.put(prefix + "." + option, String.valueOf(commandLine.getProperty(option)));
            } else if (option.indexOf('.') < 0 && !OF_SPRING_BOOT.contains(option)) {
                throw new InvalidConfigurationPropertyValueException(
                        "--" + option,
                        commandLine.getProperty(option),
                        "There is no such option. There are: --" + String.join(", --", names));
            }
        }
        return values;
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
