package com.linbox.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds settings under {@code linbox} that no part of LINBOX has, mostly mistyped ones: Spring says nothing of them. What there
 * is, is known from the metadata that the compiler makes of the settings records. Variables of the environment are not looked at:
 * their names are ambiguous.
 */
final class UnknownSettings {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("linbox");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private UnknownSettings() {}

    /** Each with where it stands, such as a file and a line. */
    static List<String> in(ConfigurableEnvironment environment) {
        List<Known> known = known();
        Map<String, String> unknown = new TreeMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource
                    || !(source instanceof IterableConfigurationPropertySource names)) {
                continue;
            }
            names.stream()
                    .filter(OURS::isAncestorOf)
                    .filter(name -> known.stream().noneMatch(one -> one.covers(name)))
                    .forEach(name -> unknown.putIfAbsent(name.toString(), name + place(source, name)));
        }
        return List.copyOf(unknown.values());
    }

    private static String place(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        return property == null || property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }

    /** @param holdsOthers whether it is a map or a list, whose elements have names of their own */
    private record Known(ConfigurationPropertyName name, boolean holdsOthers) {

        boolean covers(ConfigurationPropertyName other) {
            return name.equals(other) || holdsOthers && name.isAncestorOf(other);
        }
    }

    private static List<Known> known() {
        List<Known> known = new ArrayList<>();
        try {
            // Every jar on the class path may have such a file.
            for (URL metadata :
                    Collections.list(UnknownSettings.class.getClassLoader().getResources(METADATA))) {
                try (InputStream in = metadata.openStream()) {
                    for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                        String name = property.path("name").asString();
                        if (name.startsWith(OURS + ".")) {
                            String type = property.path("type").asString();
                            known.add(new Known(
                                    ConfigurationPropertyName.of(name),
                                    type.startsWith("java.util.Map<") || type.startsWith("java.util.List<")));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }
}
