package com.linbox.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** A Compose file, with variables put in as Compose does it. */
final class ComposeFile {

    static final Path FOLDER = Path.of("docker");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{(\\w+)(?:(:[-?])([^}]*))?}");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^(\\w+)=(.*)$");

    private final Map<String, Object> content;

    private ComposeFile(Map<String, Object> content) {
        this.content = content;
    }

    /** With docker/.env.example, filled in as its head says. */
    static ComposeFile read(String name) throws IOException {
        String raw = Files.readString(FOLDER.resolve(name));
        return new ComposeFile(new Yaml().load(interpolate(raw, exampleVariables("0123456789abcdef0123456789abcdef"))));
    }

    /** What docker/.env.example sets, with a value where it leaves that to the operator. */
    static Map<String, String> exampleVariables(String filledIn) throws IOException {
        return ASSIGNMENT
                .matcher(Files.readString(FOLDER.resolve(".env.example")))
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1),
                        found -> found.group(2).isEmpty() ? filledIn : found.group(2),
                        (one, other) -> other,
                        TreeMap::new));
    }

    static String interpolate(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, variables)));
    }

    private static String value(MatchResult found, Map<String, String> variables) {
        if (found.group(1) == null) {
            return "$";
        }
        String value = variables.getOrDefault(found.group(1), "");
        if (!value.isEmpty() || found.group(2) == null) {
            return value;
        }
        if (found.group(2).equals(":?")) {
            throw new IllegalArgumentException(found.group(1) + " " + found.group(3));
        }
        return found.group(3);
    }

    Map<String, Object> content() {
        return content;
    }

    Map<String, Map<String, Object>> services() {
        return map(content.get("services"));
    }

    Map<String, Object> service(String name) {
        return Objects.requireNonNull(services().get(name), name);
    }

    /** The services that this project's image runs, by their names. */
    Map<String, Map<String, Object>> roles() {
        Map<String, Map<String, Object>> roles = new LinkedHashMap<>(services());
        roles.values().removeIf(service -> !service.containsKey("build"));
        return roles;
    }

    static Map<String, String> environment(Map<String, Object> service) {
        Map<String, String> environment = new TreeMap<>();
        ComposeFile.<Object>map(service.get("environment"))
                .forEach((name, value) -> environment.put(name, String.valueOf(value)));
        return environment;
    }

    static List<String> texts(Map<String, Object> service, String element) {
        Object list = service.get(element);
        return list == null
                ? List.of()
                : ((List<?>) list).stream().map(String::valueOf).toList();
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> map(Object value) {
        return value == null ? Map.of() : (Map<String, T>) value;
    }
}
