package com.linbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.PathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the settings files against the settings records, by the metadata that the compiler makes of these. */
class SettingsFilesTests {

    static Stream<Path> files() throws IOException {
        return Stream.concat(yaml(Path.of("config")), yaml(Path.of("src/main/resources")));
    }

    private static Stream<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("application.*\\.yml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySettingThatAFileNamesExists(Path file) throws IOException {
        List<PropertySource<?>> sources = new YamlPropertySourceLoader().load(file.toString(), new PathResource(file));
        Set<String> unknown = new TreeSet<>();
        for (PropertySource<?> source : sources) {
            for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                if (name.startsWith("linbox.")) {
                    unknown.add(name);
                }
            }
        }
        unknown.removeAll(settings());
        assertThat(unknown).as("settings in %s that no record has", file).isEmpty();
    }

    private static Set<String> settings() throws IOException {
        Set<String> names = new TreeSet<>();
        // Every jar on the class path may have such a file.
        for (URL metadata : Collections.list(
                LinboxApplication.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                    names.add(property.path("name").asString());
                }
            }
        }
        assertThat(names).contains("linbox.gateway.port");
        return names;
    }
}
