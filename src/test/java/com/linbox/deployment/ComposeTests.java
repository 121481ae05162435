package com.linbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** Holds what docker/ wires together against what LINBOX's settings say and against itself. */
class ComposeTests {

    /** What an engine's image listens on, unless its environment says otherwise. */
    private static final Map<String, Integer> PORTS_OF_ENGINES =
            Map.of("mysql", 3306, "redis", 6379, "zookeeper", 2181, "prometheus", 9090, "grafana", 3000);

    private static final Pattern HOST_AND_PORT = Pattern.compile("([a-z][a-z0-9-]*):(\\d+)");

    private static ComposeFile compose;

    @BeforeAll
    static void read() throws IOException {
        compose = ComposeFile.read("compose.yaml");
    }

    static List<String> roles() throws IOException {
        return List.copyOf(ComposeFile.read("compose.yaml").roles().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "engines.yaml", "tls.yaml"})
    void filesFollowTheComposeSpecification(String name) throws IOException {
        String json =
                JsonMapper.shared().writeValueAsString(ComposeFile.read(name).content());
        try (InputStream in = getClass().getResourceAsStream("/compose-spec/compose-spec.json")) {
            // Its own id is no absolute one.
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(
                            SchemaLocation.of("classpath:compose-spec/compose-spec.json"),
                            new String(in.readAllBytes(), StandardCharsets.UTF_8),
                            InputFormat.JSON);
            assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(json.replace("\"services\"", "\"servants\""), InputFormat.JSON))
                    .as("of a file that is none")
                    .isNotEmpty();
        }
    }

    @Test
    void thereAreTwoOfEachRole() throws Exception {
        Map<String, Integer> instances = new TreeMap<>();
        for (String name : roles()) {
            Set<String> profiles = settings(name).profiles();
            assertThat(profiles).as(name).contains("cluster");
            Stream.of("gateway", "router", "rpc")
                    .filter(profiles::contains)
                    .forEach(role -> instances.merge(role, 1, Integer::sum));
        }
        assertThat(instances).isEqualTo(Map.of("gateway", 2, "router", 2, "rpc", 2));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void everyVariableOfARoleIsASetting(String role) throws Exception {
        assertThat(RoleSettings.variableNames())
                .containsAll(ComposeFile.environment(compose.service(role)).keySet());
    }

    @Test
    void everyVariableOfTheTlsFileIsASetting() throws Exception {
        for (Map<String, Object> service :
                ComposeFile.read("tls.yaml").services().values()) {
            assertThat(RoleSettings.variableNames())
                    .containsAll(ComposeFile.environment(service).keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("roles")
    void aRoleFindsItsEngines(String role) throws Exception {
        RoleSettings settings = settings(role);
        Set<String> dependencies = dependencies(role).keySet();
        List<String> places = new ArrayList<>(List.of(
                settings.property("spring.kafka.bootstrap-servers"),
                settings.property("spring.data.redis.host") + ":" + settings.property("spring.data.redis.port"),
                (String) settings.value("linbox.zookeeper", "connect")));
        assertThat(settings.property("spring.data.redis.password"))
                .isEqualTo(ComposeFile.environment(compose.service("redis")).get("REDISCLI_AUTH"));
        if (!settings.profiles().contains("gateway")) {
            String url = settings.property("spring.datasource.url");
            Map<String, String> mysql = ComposeFile.environment(compose.service("mysql"));
            assertThat(url).startsWith("jdbc:mysql://").endsWith("/" + mysql.get("MYSQL_DATABASE"));
            assertThat(settings.property("spring.datasource.username")).isEqualTo(mysql.get("MYSQL_USER"));
            assertThat(settings.property("spring.datasource.password")).isEqualTo(mysql.get("MYSQL_PASSWORD"));
            places.add(url);
        }
        assertThat(places).allSatisfy(place -> {
            MatchResult found =
                    HOST_AND_PORT.matcher(place).results().findFirst().orElseThrow();
            assertThat(listening(found.group(1))).as(place).contains(Integer.parseInt(found.group(2)));
            assertThat(dependencies).contains(found.group(1));
        });
    }

    @ParameterizedTest
    @MethodSource("roles")
    void topicsAreNotToBeOnMoreBrokersThanThereAre(String role) throws Exception {
        assertThat(settings(role).value("linbox.journal", "replication")).isEqualTo((short) 1);
    }

    @Test
    void healthIsWhereTheImageLooksForIt() throws Exception {
        for (String role : roles()) {
            RoleSettings settings = settings(role);
            assertThat(settings.property("server.port")).isEqualTo("8080");
            assertThat(settings.property("server.address")).isEqualTo("0.0.0.0");
        }
    }

    @Test
    void whoStartsAfterAnotherWaitsForItsHealth() throws IOException {
        for (String service : compose.services().keySet()) {
            dependencies(service).forEach((dependency, condition) -> {
                assertThat(condition).as("%s of %s", dependency, service).isEqualTo("service_healthy");
                assertThat(compose.services()).containsKey(dependency);
                assertThat(compose.roles().containsKey(dependency)
                                || compose.service(dependency).containsKey("healthcheck"))
                        .as("%s has a health check", dependency)
                        .isTrue();
            });
        }
    }

    @Test
    void theLoadBalancerPassesOnToWhatListens() throws Exception {
        String config = Files.readString(ComposeFile.FOLDER.resolve("haproxy.cfg"));
        List<MatchResult> servers = Pattern.compile("(?m)^ +server (\\S+) (\\S+):(\\d+) port (\\d+)(.*)$")
                .matcher(config)
                .results()
                .toList();
        assertThat(servers.stream().map(server -> server.group(2)).collect(Collectors.toSet()))
                .isEqualTo(Set.of("gateway-1", "gateway-2", "rpc-1", "rpc-2"));
        for (MatchResult server : servers) {
            RoleSettings settings = settings(server.group(2));
            int port = Integer.parseInt(server.group(3));
            assertThat(server.group(1)).isEqualTo(server.group(2));
            assertThat(server.group(4)).isEqualTo(settings.property("server.port"));
            boolean gateway = settings.profiles().contains("gateway");
            Map<Integer, Boolean> listening = behindTheLoadBalancer(server.group(2));
            assertThat(listening).containsKey(port);
            assertThat(server.group(5).contains("send-proxy-v2"))
                    .as("PROXY header to %s", server.group())
                    .isEqualTo(listening.get(port));
            assertThat(dependencies("load-balancer")).containsKey(server.group(2));
        }
        Set<Integer> bound = Pattern.compile("(?m)^ +bind :(\\d+)$")
                .matcher(config)
                .results()
                .map(bind -> Integer.parseInt(bind.group(1)))
                .collect(Collectors.toSet());
        List<String> published = new ArrayList<>(ComposeFile.texts(compose.service("load-balancer"), "ports"));
        published.addAll(ComposeFile.texts(ComposeFile.read("tls.yaml").service("load-balancer"), "ports"));
        assertThat(published.stream().map(ComposeTests::target)).containsExactlyInAnyOrderElementsOf(bound);
    }

    /** A role's ports, those of the TLS file included, and whether they take a PROXY header. */
    private static Map<Integer, Boolean> behindTheLoadBalancer(String role) throws Exception {
        RoleSettings settings = settings(role);
        if (!settings.profiles().contains("gateway")) {
            return Map.of((int) settings.value("linbox.rpc", "port"), false);
        }
        Map<String, String> variables =
                ComposeFile.environment(ComposeFile.read("tls.yaml").service(role));
        variables.putAll(ComposeFile.environment(compose.service(role)));
        RoleSettings overTls = new RoleSettings(variables);
        boolean proxied = (boolean) settings.value("linbox.gateway", "proxyProtocol");
        return Map.of(
                (int) settings.value("linbox.gateway", "port"),
                proxied,
                (int) settings.value("linbox.gateway.tls", "port"),
                proxied,
                (int) settings.value("linbox.gateway.ws", "port"),
                proxied,
                (int) overTls.value("linbox.gateway.ws", "tlsPort"),
                proxied,
                Integer.parseInt(settings.property("server.port")),
                false);
    }

    @Test
    void prometheusScrapesEveryRole() throws Exception {
        Map<String, Object> prometheus =
                new Yaml().load(Files.readString(ComposeFile.FOLDER.resolve("prometheus.yml")));
        List<String> targets = HOST_AND_PORT
                .matcher(prometheus.get("scrape_configs").toString())
                .results()
                .map(MatchResult::group)
                .toList();
        List<String> expected = new ArrayList<>();
        for (String role : roles()) {
            expected.add(role + ":" + settings(role).property("server.port"));
        }
        assertThat(targets).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(prometheus.get("scrape_configs").toString()).contains("/actuator/prometheus");
    }

    @Test
    void onlyClientsComeInFromOtherMachines() throws IOException {
        for (String file : List.of("compose.yaml", "engines.yaml", "tls.yaml")) {
            ComposeFile.read(file).services().forEach((name, service) -> {
                for (String port : ComposeFile.texts(service, "ports")) {
                    if (!Set.of("9502:9502", "9543:9543", "9443:9443").contains(port)) {
                        assertThat(port).as("%s of %s", name, file).startsWith("127.0.0.1:");
                    }
                }
            });
        }
    }

    @Test
    void whatIsPublishedIsListenedOn() throws IOException {
        for (String file : List.of("compose.yaml", "engines.yaml")) {
            ComposeFile.read(file).services().forEach((name, service) -> {
                if (!name.equals("load-balancer")) {
                    for (String port : ComposeFile.texts(service, "ports")) {
                        assertThat(listening(name)).as("%s of %s", name, file).contains(target(port));
                    }
                }
            });
        }
    }

    @Test
    void mountedFilesAreThere() throws IOException {
        Map<String, Object> volumes = new HashMap<>();
        compose.services().forEach((name, service) -> {
            for (String volume : ComposeFile.texts(service, "volumes")) {
                String source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith(".")) {
                    assertThat(ComposeFile.FOLDER.resolve(source))
                            .as("mounted by %s", name)
                            .exists();
                    assertThat(volume).endsWith(":ro");
                } else {
                    volumes.put(source, name);
                }
            }
        });
        assertThat(volumes.keySet()).isEqualTo(((Map<?, ?>) compose.content().get("volumes")).keySet());
    }

    @Test
    void imagesHaveAVersion() throws IOException {
        compose.services().forEach((name, service) -> assertThat((String) service.get("image"))
                .as(name)
                .matches(".+:v?\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"));
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + ((String) compose.service("router-1").get("image")).replace("linbox:", "")
                        + "</version>");
    }

    @Test
    void nothingStartsWithoutAPasswordOfItsOwn() throws IOException {
        String raw = Files.readString(ComposeFile.FOLDER.resolve("compose.yaml"));
        Map<String, String> filled = ComposeFile.exampleVariables("x");
        Map<String, String> left = new HashMap<>(ComposeFile.exampleVariables(""));
        left.values().removeIf(value -> !value.isEmpty());
        assertThat(left.keySet())
                .containsExactlyInAnyOrder(
                        "LINBOX_V1_KEY", "LINBOX_RPC_SECRET", "MYSQL_PASSWORD", "REDIS_PASSWORD", "GRAFANA_PASSWORD");
        for (String password : left.keySet()) {
            Map<String, String> all = new HashMap<>(filled);
            all.put(password, "");
            assertThatThrownBy(() -> ComposeFile.interpolate(raw, all)).hasMessageContaining(password);
        }
    }

    @Test
    void engineSettingsThatThePromisesNeedAreThere() {
        assertThat(ComposeFile.texts(compose.service("mysql"), "command"))
                .contains("--innodb-flush-log-at-trx-commit=1", "--sync-binlog=1");
        assertThat(ComposeFile.texts(compose.service("redis"), "command").toString())
                .contains("appendonly yes", "appendfsync always", "maxmemory-policy noeviction");
        assertThat(ComposeFile.environment(compose.service("kafka")))
                .containsEntry("KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE", "false");
    }

    /** With what the image itself sets. */
    private static RoleSettings settings(String service) throws Exception {
        Map<String, String> variables = new HashMap<>(Image.environment());
        variables.putAll(ComposeFile.environment(compose.service(service)));
        return new RoleSettings(variables);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> dependencies(String service) {
        Map<String, String> conditions = new TreeMap<>();
        ((Map<String, Map<String, String>>) compose.service(service).getOrDefault("depends_on", Map.of()))
                .forEach((name, dependency) -> conditions.put(name, dependency.get("condition")));
        return conditions;
    }

    private static Set<Integer> listening(String engine) {
        if (engine.equals("kafka")) {
            return HOST_AND_PORT
                    .matcher(ComposeFile.environment(compose.service(engine))
                            .get("KAFKA_LISTENERS")
                            .replace("://:", "://any:"))
                    .results()
                    .map(found -> Integer.parseInt(found.group(2)))
                    .collect(Collectors.toSet());
        }
        assertThat(PORTS_OF_ENGINES).containsKey(engine);
        return Set.of(PORTS_OF_ENGINES.get(engine));
    }

    private static int target(String port) {
        return Integer.parseInt(port.substring(port.lastIndexOf(':') + 1));
    }
}
