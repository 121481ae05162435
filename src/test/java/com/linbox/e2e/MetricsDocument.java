package com.linbox.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code src/docs/metrics.md}, and the same told by what {@code /actuator/prometheus} answers. */
final class MetricsDocument {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(linbox_\\w+)` \\| (\\w+) \\| ([a-z, ]+) \\| ([^|]*) \\|.*$", Pattern.MULTILINE);
    private static final Pattern TAG = Pattern.compile("`(\\w+)`: ([^;]*)");
    private static final Pattern VALUE = Pattern.compile("`([^`]+)`");

    private static final Pattern EXPLAINED = Pattern.compile("^\\| (`[^|]*) \\|", Pattern.MULTILINE);

    private static final Pattern TYPE = Pattern.compile("^# TYPE (linbox_\\w+) (\\w+)$", Pattern.MULTILINE);
    private static final Pattern SERIES = Pattern.compile("^(linbox_\\w+?)(?:\\{(.*)\\})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private MetricsDocument() {}

    /**
     * A meter.
     *
     * @param roles in which it is said to be; all of them where nothing is said
     * @param tags with all their values; none where the document lists them elsewhere
     */
    record Meter(String name, String type, Set<String> roles, Map<String, Set<String>> tags) {

        boolean isIn(Set<String> itsRoles) {
            return roles.contains("all") || itsRoles.stream().anyMatch(roles::contains);
        }
    }

    static Map<String, Meter> documented() throws IOException {
        Map<String, Meter> meters = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("src/docs/metrics.md")));
        while (row.find()) {
            Map<String, Set<String>> tags = new LinkedHashMap<>();
            Matcher tag = TAG.matcher(row.group(4));
            while (tag.find()) {
                boolean isList = tag.group(2).strip().matches("`[^`]+`(, `[^`]+`)*");
                tags.put(tag.group(1), isList ? values(tag.group(2)) : Set.of());
            }
            Set<String> roles = Arrays.stream(row.group(3).split(", ")).collect(Collectors.toSet());
            Meter meter = new Meter(row.group(1), row.group(2), roles, tags);
            if (meters.put(meter.name(), meter) != null) {
                throw new AssertionError(meter.name() + " is documented twice");
            }
        }
        return meters;
    }

    /** The causes that are explained, of connections that end. */
    static Set<String> explainedCauses() throws IOException {
        String document = Files.readString(Path.of("src/docs/metrics.md"));
        String section = document.substring(document.indexOf("\n## Why connections end"));
        Matcher row = EXPLAINED.matcher(section.substring(0, section.indexOf("\n## ", 1)));
        Set<String> causes = new TreeSet<>();
        while (row.find()) {
            causes.addAll(values(row.group(1)));
        }
        return causes;
    }

    private static Set<String> values(String list) {
        Set<String> values = new TreeSet<>();
        Matcher value = VALUE.matcher(list);
        while (value.find()) {
            values.add(value.group(1));
        }
        return values;
    }

    /** The meters of a process by what it answers to Prometheus. */
    static Map<String, Meter> served(String text) {
        Map<String, String> types = new TreeMap<>();
        Matcher type = TYPE.matcher(text);
        while (type.find()) {
            types.put(type.group(1), type.group(2));
        }
        // Goes with a histogram or a summary.
        Set<String> maxima = types.keySet().stream()
                .filter(name -> name.endsWith("_max") && types.containsKey(name.replaceAll("_max$", "")))
                .collect(Collectors.toSet());
        Map<String, Meter> meters = new TreeMap<>();
        types.forEach((name, itsType) -> {
            if (!maxima.contains(name)) {
                meters.put(name, new Meter(name, itsType, Set.of("all"), new TreeMap<>()));
            }
        });
        Matcher series = SERIES.matcher(text);
        while (series.find()) {
            Meter meter = meters.get(series.group(1));
            if (meter == null) {
                meter = meters.get(series.group(1).replaceAll("_(bucket|count|sum|max)$", ""));
            }
            Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
            while (meter != null && label.find()) {
                if (!label.group(1).equals("le")) {
                    meter.tags()
                            .computeIfAbsent(label.group(1), tag -> new TreeSet<>())
                            .add(label.group(2));
                }
            }
        }
        return meters;
    }
}
