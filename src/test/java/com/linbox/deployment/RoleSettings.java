package com.linbox.deployment;

import com.linbox.LinboxApplication;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a process takes from its environment variables, the files of config/ and the jar's: read as LINBOX itself reads it. */
final class RoleSettings {

    private final StandardEnvironment environment = new StandardEnvironment();
    private final Map<String, Object> records = new TreeMap<>();

    /** @throws org.springframework.boot.context.properties.bind.BindException where a value is wrong, or is none of any record's */
    RoleSettings(Map<String, String> variables) throws Exception {
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        Binder binder = Binder.get(environment);
        for (Class<?> type : records()) {
            String prefix = prefix(type);
            records.put(
                    prefix,
                    binder.bindOrCreate(
                            prefix,
                            Bindable.of(type),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> false)));
        }
    }

    private static Set<Class<?>> records() throws ClassNotFoundException {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Set<Class<?>> records = new LinkedHashSet<>();
        for (BeanDefinition definition : scan.findCandidateComponents("com.linbox")) {
            Class<?> type = Class.forName(definition.getBeanClassName());
            if (type.isRecord() && type.getNestHost() == type && !prefix(type).matches("linbox\\.(bench|chat)")) {
                records.add(type);
            }
        }
        return records;
    }

    private static String prefix(Class<?> record) {
        return AnnotatedElementUtils.getMergedAnnotation(record, ConfigurationProperties.class)
                .prefix();
    }

    Set<String> profiles() {
        return Set.of(environment.getActiveProfiles());
    }

    /** A property's value as Spring has it, null where nobody sets it. */
    String property(String name) {
        return environment.getProperty(name);
    }

    /** What a record has for a component, its default included. */
    Object value(String prefix, String component) throws ReflectiveOperationException {
        Object record = records.get(prefix);
        Method accessor = record.getClass().getDeclaredMethod(component);
        ((AccessibleObject) accessor).setAccessible(true);
        return accessor.invoke(record);
    }

    /** The names that environment variables have for properties, of LINBOX's own and of everything else on the class path. */
    static Set<String> variableNames() throws IOException {
        Set<String> names = new TreeSet<>();
        for (URL metadata : Collections.list(
                LinboxApplication.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                    names.add(property.path("name")
                            .asString()
                            .replace("-", "")
                            .replace('.', '_')
                            .toUpperCase(Locale.ROOT));
                }
            }
        }
        // Of Spring itself, and read before there are records.
        names.add("SPRING_PROFILES_ACTIVE");
        names.add("LINBOX_DATA_DIR");
        return names;
    }
}
