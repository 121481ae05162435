package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.e2e.Dashboards.Alert;
import com.linbox.testing.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What can be said of dashboards and alerts without running anything; {@code PrometheusIT} asks their queries. */
class DashboardsTests {

    private static final Path RUNBOOK = Path.of("src/docs/runbook.md");
    private static final Path DATASOURCE = Path.of("config/grafana/provisioning/datasources/linbox.yml");
    private static final Pattern HEADING = Pattern.compile("^## (Linbox\\w+)$", Pattern.MULTILINE);
    private static final Pattern METER = Pattern.compile("\\b(linbox_\\w+)");

    @Test
    void everyPanelSaysWhatItShowsAndAsksTheDataSourceThatIsProvisioned() throws IOException {
        String provisioned = Files.readString(DATASOURCE);
        assertThat(Dashboards.all()).hasSize(5);
        Set<String> uids = new HashSet<>();
        Dashboards.all().forEach((file, dashboard) -> {
            assertThat(uids.add(dashboard.path("uid").asString()))
                    .as("uid of %s", file)
                    .isTrue();
            assertThat(dashboard.path("description").asString()).as(file).isNotBlank();
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : Dashboards.panels(dashboard)) {
                String what = file + ": " + panel.path("title").asString();
                assertThat(panel.path("title").asString()).as(what).isNotBlank();
                assertThat(panel.path("description").asString()).as(what).isNotBlank();
                assertThat(ids.add(panel.path("id").asInt())).as(what).isTrue();
                assertThat(panel.path("fieldConfig")
                                .path("defaults")
                                .path("unit")
                                .asString())
                        .as(what)
                        .isNotBlank();
                assertThat(panel.path("targets").size()).as(what).isPositive();
                for (JsonNode target : panel.path("targets")) {
                    assertThat(provisioned)
                            .as(what)
                            .contains("uid: "
                                    + target.path("datasource").path("uid").asString());
                }
            }
        });
    }

    @Test
    void panelsDoNotLieUponEachOther() throws IOException {
        Dashboards.all().forEach((file, dashboard) -> {
            Set<String> taken = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                JsonNode place = panel.path("gridPos");
                int right = place.path("x").asInt() + place.path("w").asInt();
                assertThat(right).as(file).isLessThanOrEqualTo(24);
                for (int x = place.path("x").asInt(); x < right; x++) {
                    for (int y = 0; y < place.path("h").asInt(); y++) {
                        assertThat(taken.add(x + "," + (place.path("y").asInt() + y)))
                                .as("%s: %s", file, panel.path("title").asString())
                                .isTrue();
                    }
                }
            }
        });
    }

    /** So that nobody finds out by a blank panel that a meter has another name now. */
    @Test
    void onlyMetersThatAreDocumentedAreAskedFor() throws IOException {
        Set<String> documented = MetricsDocument.documented().keySet();
        Set<String> asked = new TreeSet<>();
        Dashboards.queries().forEach(query -> asked.addAll(meters(query.expression())));
        Dashboards.alerts().forEach(alert -> asked.addAll(meters(alert.expression())));
        assertThat(asked).hasSizeGreaterThan(40);
        assertThat(documented).containsAll(asked);
    }

    private static List<String> meters(String expression) {
        return METER.matcher(expression)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replaceAll("_(bucket|count|sum|max)$", ""))
                .toList();
    }

    @Test
    void everyAlertHasItsEntryInTheRunbookAndEveryEntryItsAlert() throws IOException {
        Set<String> entries = HEADING.matcher(Files.readString(RUNBOOK))
                .results()
                .map(heading -> heading.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> alerts =
                Dashboards.alerts().stream().map(Alert::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(alerts).hasSizeGreaterThan(20);
        assertThat(entries).isEqualTo(alerts);
        for (Alert alert : Dashboards.alerts()) {
            assertThat(alert.annotations().get("runbook"))
                    .isEqualTo("src/docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
            assertThat(alert.annotations().get("summary")).as(alert.name()).isNotBlank();
            assertThat(alert.labels().get("severity")).as(alert.name()).isIn("page", "ticket");
        }
    }

    @Test
    void everyAlertFiresOnWhatItIsFor(@TempDir Path folder) throws Exception {
        Prometheus.require();
        Files.copy(Path.of("config/prometheus/alerts.yml"), folder.resolve("alerts.yml"));
        String tests = Files.readString(Path.of("src/test/resources/prometheus/alerts-test.yml"));
        Path copy = Files.writeString(folder.resolve("alerts-test.yml"), tests);
        Prometheus.promtool("test", "rules", copy.toString());
        assertThat(Dashboards.alerts())
                .allSatisfy(alert -> assertThat(tests).contains("  - name: " + alert.name() + "\n"));
    }
}
