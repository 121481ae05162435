package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.e2e.Dashboards.Alert;
import com.linbox.e2e.Dashboards.Query;
import com.linbox.testing.BackEnd;
import com.linbox.testing.KafkaEngine;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.Prometheus;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus scrapes a cluster that has something to do, and is asked all that dashboards and alerts ask. */
@WithEngines({KafkaEngine.class, ZooKeeperEngine.class, RedisEngine.class, MariaDbEngine.class})
@TestMethodOrder(OrderAnnotation.class)
class PrometheusIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Nothing to be told of without TLS. */
    private static final Set<String> WITHOUT_DATA = Set.of("TLS certificate expires in (good: more than 14 days)");

    private static final Pattern SELECTOR =
            Pattern.compile("\\b(?:linbox_|jvm_|process_|hikaricp_)\\w+(?:\\{[^}]*})?|\\bup\\{[^}]*}");

    @TempDir
    private static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Cluster cluster;
    private static Prometheus prometheus;
    private static Load load;
    private static CompletableFuture<Void> everydayLife;
    private static volatile boolean ending;

    @BeforeAll
    static void start(KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb)
            throws Exception {
        Prometheus.require();
        cluster = Cluster.start(kafka, zooKeeper, redis, mariaDb);
        prometheus = Prometheus.start(folder, cluster.actuators());
        load = new Load(4, number -> cluster.gateway(number % 2));
        load.start();
        everydayLife = CompletableFuture.runAsync(PrometheusIT::live);
    }

    /** What {@link Load} leaves out: a back end, a group, users who are offline, unread messages. */
    private static void live() {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        long offline = MessagingScenarios.newUser();
        try (WireClient a = WireClient.signedIn(cluster.gateway(0), alice);
                WireClient b = WireClient.signedIn(cluster.gateway(1), bob)) {
            BackEnd backEnd = cluster.backEnd();
            String group = backEnd.call(
                            "GroupService/create",
                            "{'operatorId':'%d','requestId':'1','name':'friends','userIds':['%d','%d']}"
                                    .formatted(alice, bob, offline))
                    .path("groupId")
                    .asString();
            for (int i = 2; !ending; i++) {
                backEnd.call(
                        "MessageService/send",
                        "{'senderId':'%d','groupId':'%s','requestId':'%d','content':'hello'}"
                                .formatted(alice, group, i));
                a.say(alice, offline, "are you there?");
                b.unread(bob, alice);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        ending = true;
        if (load != null) {
            load.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void everyPanelOfEveryDashboardShowsWhatMakesSense() throws Exception {
        List<Query> queries = Dashboards.queries();
        assertThat(queries).hasSizeGreaterThan(100);
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(everydayLife).isNotCompleted();
            List<String> wrong = new ArrayList<>();
            for (Query query : queries) {
                String problem = problem(query, prometheus.query(query.expression()));
                if (problem != null) {
                    wrong.add(
                            "%s: %s: %s: %s".formatted(query.dashboard(), query.panel(), problem, query.expression()));
                }
            }
            assertThat(wrong).isEmpty();
        });
    }

    private static String problem(Query query, List<JsonNode> series) {
        List<Double> values = series.stream()
                .map(Prometheus::valueOf)
                .filter(value -> !value.isNaN())
                .toList();
        if (WITHOUT_DATA.contains(query.panel())) {
            return series.isEmpty() ? "no series" : null;
        }
        if (values.isEmpty()) {
            return "no data";
        }
        double most =
                switch (query.unit()) {
                    case "s" -> 60;
                    case "percentunit" -> 1;
                    default -> Double.MAX_VALUE;
                };
        return values.stream().allMatch(value -> value >= 0 && value <= most) ? null : "values " + values;
    }

    @Test
    @Order(2)
    void figuresAreWhatTheyShouldBe() throws Exception {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            // Four pairs, and two who talk in a group.
            assertThat(only("sum(linbox_gateway_connections_signed_in)")).isEqualTo(10);
            assertThat(only("sum(up{job='linbox'})")).isEqualTo(4);
            assertThat(only("count(linbox_engine_up == 1)")).isEqualTo(14);
            assertThat(
                            only(
                                    "sum(linbox_journal_partitions_assigned) / sum(max by (topic) (linbox_journal_partitions))"))
                    .isEqualTo(1);
            assertThat(only("sum(rate(linbox_store_messages_total{outcome='stored'}[10s]))"))
                    .isGreaterThan(10);
            // Whatever was counted as answered was counted as stored a moment earlier.
            assertThat(only("sum(linbox_gateway_send_to_answer_seconds_count)"
                            + " / sum(linbox_store_messages_total{outcome='stored'})"))
                    .isBetween(0.5, 1.1);
            assertThat(only("sum(rate(linbox_gateway_received_bytes_total[10s]))"
                            + " / sum(rate(linbox_gateway_frames_in_total[10s]))"))
                    .isBetween(50.0, 1_000.0);
        });
    }

    private static double only(String expression) throws IOException, InterruptedException {
        List<JsonNode> series = prometheus.query(expression);
        assertThat(series).as(expression).hasSize(1);
        return Prometheus.valueOf(series.get(0));
    }

    @Test
    @Order(3)
    void everyAlertIsSilentAndLooksAtSomethingThatIsThere() throws Exception {
        for (Alert alert : Dashboards.alerts()) {
            List<String> selectors = SELECTOR.matcher(alert.expression())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(selectors).as(alert.name()).isNotEmpty();
            for (String selector : selectors) {
                assertThat(prometheus.query("count(" + selector + ")"))
                        .as("%s: %s", alert.name(), selector)
                        .isNotEmpty();
            }
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            for (Alert alert : Dashboards.alerts()) {
                assertThat(prometheus.query(alert.expression()))
                        .as(alert.name())
                        .isEmpty();
            }
            assertThat(prometheus.firing()).isEmpty();
        });
    }

    @Test
    @Order(4)
    void everyRoleHasTheMetersThatAreDocumentedForIt() throws Exception {
        Map<String, MetricsDocument.Meter> documented = MetricsDocument.documented();
        for (Map.Entry<InetSocketAddress, Set<String>> process :
                cluster.actuators().entrySet()) {
            Set<String> expected = new TreeSet<>(documented.keySet());
            expected.removeIf(name -> !documented.get(name).isIn(process.getValue()));
            assertThat(MetricsDocument.served(get(process.getKey(), "/actuator/prometheus"))
                            .keySet())
                    .as("meters of %s", process.getValue())
                    .isEqualTo(expected);
        }
    }

    @Test
    @Order(5)
    void everyRoleIsAliveAndReadyAndSaysWhatItIs() throws Exception {
        for (Map.Entry<InetSocketAddress, Set<String>> process :
                cluster.actuators().entrySet()) {
            for (String path : List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
                assertThat(json(process.getKey(), path).path("status").asString())
                        .as("%s of %s", path, process.getValue())
                        .isEqualTo("UP");
            }
            JsonNode readiness = json(process.getKey(), "/actuator/health/readiness");
            assertThat(readiness.path("components").propertyNames()).containsAll(process.getValue());
            JsonNode info = json(process.getKey(), "/actuator/info");
            assertThat(info.path("build").path("version").asString()).isNotBlank();
            assertThat(info.path("roles").valueStream().map(JsonNode::asString))
                    .containsExactlyInAnyOrderElementsOf(process.getValue());
        }
    }

    @Test
    @Order(6)
    void aRouterThatIsKilledRaisesAnAlert() throws Exception {
        ending = true;
        everydayLife.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        load.stopAndAwaitAnswers(PATIENCE);
        cluster.killRouter(0);
        await().atMost(PATIENCE).until(() -> prometheus.firing().stream()
                .map(alert -> alert.path("labels"))
                .anyMatch(labels -> labels.path("alertname").asString().equals("LinboxProcessDown")
                        && labels.path("role").asString().equals("router")));
    }

    private static JsonNode json(InetSocketAddress actuator, String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get(actuator, path));
    }

    private static String get(InetSocketAddress actuator, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + actuator.getPort() + path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
