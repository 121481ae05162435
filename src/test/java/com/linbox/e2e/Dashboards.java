package com.linbox.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of {@code config/grafana} and {@code config/prometheus}. */
final class Dashboards {

    private static final Path FOLDER = Path.of("config/grafana/dashboards");
    private static final Path ALERTS = Path.of("config/prometheus/alerts.yml");

    private Dashboards() {}

    /** One query of a panel, with what Grafana would put into it: all processes, and rates over some seconds. */
    record Query(String dashboard, String panel, String unit, String expression) {}

    record Alert(String name, String expression, Map<String, String> annotations, Map<String, String> labels) {}

    static Map<String, JsonNode> all() throws IOException {
        Map<String, JsonNode> dashboards = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                dashboards.put(
                        file.getFileName().toString(), JsonMapper.shared().readTree(Files.readString(file)));
            }
        }
        return dashboards;
    }

    /** Those that show something, rows' headings left out. */
    static List<JsonNode> panels(JsonNode dashboard) {
        return dashboard
                .path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asString().equals("row"))
                .toList();
    }

    static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        all().forEach((file, dashboard) -> {
            for (JsonNode panel : panels(dashboard)) {
                String unit =
                        panel.path("fieldConfig").path("defaults").path("unit").asString();
                for (JsonNode target : panel.path("targets")) {
                    queries.add(new Query(
                            file,
                            panel.path("title").asString(),
                            unit,
                            target.path("expr")
                                    .asString()
                                    .replace("$__rate_interval", "10s")
                                    .replace("$instance", ".*")));
                }
            }
        });
        return queries;
    }

    @SuppressWarnings("unchecked")
    static List<Alert> alerts() throws IOException {
        List<Alert> alerts = new ArrayList<>();
        Map<String, List<Map<String, Object>>> file = new Yaml().load(Files.readString(ALERTS));
        for (Map<String, Object> group : file.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                alerts.add(new Alert(
                        (String) rule.get("alert"),
                        (String) rule.get("expr"),
                        (Map<String, String>) rule.get("annotations"),
                        (Map<String, String>) rule.get("labels")));
            }
        }
        return alerts;
    }
}
