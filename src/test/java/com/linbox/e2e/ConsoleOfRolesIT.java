package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.testing.KafkaEngine;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The consoles of a cluster's roles: what each knows of itself, and what of all. */
@WithEngines({KafkaEngine.class, ZooKeeperEngine.class, RedisEngine.class, MariaDbEngine.class})
class ConsoleOfRolesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "the-secret-of-this-test";
    private static final Map<String, String> WITH_CONSOLE = Map.of("linbox.console.secret", SECRET);

    private static LinboxProcess gateway;
    private static LinboxProcess router;
    private static LinboxProcess routerWithout;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start(KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb)
            throws Exception {
        Map<String, String> engines = new HashMap<>(kafka.properties());
        engines.putAll(zooKeeper.properties());
        engines.putAll(redis.properties());
        engines.putAll(mariaDb.newDatabase().springProperties());
        engines.put("linbox.credential.mode", "open");
        engines.put("linbox.gateway.port", "0");
        gateway = process("gateway", engines, WITH_CONSOLE);
        router = process("router", engines, WITH_CONSOLE);
        routerWithout = process("router", engines, Map.of());
        gateway.awaitReady();
        router.awaitReady();
        routerWithout.awaitReady();
    }

    private static LinboxProcess process(String role, Map<String, String> engines, Map<String, String> more)
            throws IOException {
        Map<String, String> properties = new HashMap<>(engines);
        properties.putAll(more);
        properties.put("spring.profiles.active", role);
        properties.put("server.port", "0");
        return LinboxProcess.start("console-of-" + role, properties);
    }

    @AfterAll
    static void stop() throws Exception {
        for (LinboxProcess process : new LinboxProcess[] {gateway, router, routerWithout}) {
            if (process != null) {
                process.close();
            }
        }
    }

    @Test
    void aRoleWithoutASecretHasNoConsole() throws Exception {
        for (String path : new String[] {"/console", "/console/", "/console/main.js", "/console/api/session"}) {
            assertThat(http.send(
                                    HttpRequest.newBuilder(url(routerWithout, path))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void everyConsoleKnowsAllGatewaysAndRouters() throws Exception {
        for (LinboxProcess one : new LinboxProcess[] {gateway, router}) {
            String cookie = signIn(one);
            await().atMost(SOON).untilAsserted(() -> {
                JsonNode cluster = get(one, cookie, "/cluster");
                assertThat(cluster.path("gateways")).hasSize(1);
                assertThat(cluster.path("routers")).hasSize(2);
                int partitions = 0;
                for (JsonNode each : cluster.path("routers")) {
                    int its = each.path("partitions").path("linbox.send").asInt();
                    assertThat(its).isPositive();
                    partitions += its;
                }
                assertThat(partitions).isEqualTo(8);
                assertThat(cluster.path("engines")).hasSize(one == gateway ? 3 : 4);
            });
        }
    }

    @Test
    void aGatewayKnowsUsersDevicesAndARouterWhatTheyHaveNotReadToo() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (WireClient a = WireClient.signedIn(gateway.clients(), alice)) {
            assertThat(a.say(alice, bob, "hello").path("status").asInt()).isEqualTo(200);
            JsonNode byGateway = get(gateway, signIn(gateway), "/users/" + alice);
            assertThat(byGateway.path("devices")).hasSize(1);
            assertThat(byGateway.path("unread").isNull()).isTrue();

            String cookie = signIn(router);
            assertThat(get(router, cookie, "/users/" + alice).path("devices")).hasSize(1);
            assertThat(get(router, cookie, "/users/" + bob)
                            .path("unread")
                            .path("count")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void aSettingThatOneConsoleChangesIsChangedInTheOthersAndWhatAProcessHasNotItRefuses() throws Exception {
        String atGateway = signIn(gateway);
        String atRouter = signIn(router);
        String setting = "linbox.message.max-content";
        assertThat(put(gateway, atGateway, setting, "4KB").statusCode()).isEqualTo(204);
        await().atMost(SOON).untilAsserted(() -> assertThat(setting(router, atRouter, setting))
                .isEqualTo("4096B"));

        HttpResponse<String> notTheRouters = put(router, atRouter, "linbox.limits.request-rate", "5");
        assertThat(notTheRouters.statusCode()).isEqualTo(422);
        assertThat(notTheRouters.body()).contains("nothing in this process has such a setting");
        assertThat(send(own(router, atRouter, "/settings/" + setting).DELETE()).statusCode())
                .isEqualTo(204);
        await().atMost(SOON).untilAsserted(() -> assertThat(setting(gateway, atGateway, setting))
                .isEqualTo("16384B"));
        assertThat(gateway.output()).contains("\"action\":\"setting_changed\",\"target\":\"" + setting);
        assertThat(router.output()).contains("\"action\":\"setting_withdrawn\",\"target\":\"" + setting);
    }

    @Test
    void aSecretThatWasGivenIsPrintedNowhere() throws Exception {
        signIn(gateway);
        signIn(router);

        assertThat(gateway.output() + router.output())
                .contains("\"action\":\"sign_in\"")
                .doesNotContain(SECRET, "LINBOX console");
    }

    private String signIn(LinboxProcess process) throws Exception {
        HttpResponse<String> response =
                send(own(process, "", "/session").POST(BodyPublishers.ofString("{\"secret\":\"" + SECRET + "\"}")));
        assertThat(response.statusCode()).isEqualTo(204);
        return response.headers().firstValue("set-cookie").orElseThrow().replaceAll(";.*", "");
    }

    private static String setting(JsonNode settings, String name) {
        for (JsonNode setting : settings) {
            if (setting.path("name").asString().equals(name)) {
                return setting.path("value").asString();
            }
        }
        throw new AssertionError(name + " is not shown");
    }

    private String setting(LinboxProcess process, String cookie, String name) throws Exception {
        return setting(get(process, cookie, "/settings"), name);
    }

    private HttpResponse<String> put(LinboxProcess process, String cookie, String setting, String value)
            throws Exception {
        return send(own(process, cookie, "/settings/" + setting)
                .PUT(BodyPublishers.ofString("{\"value\":\"" + value + "\"}")));
    }

    private HttpRequest.Builder own(LinboxProcess process, String cookie, String path) {
        return HttpRequest.newBuilder(url(process, "/console/api" + path))
                .header("cookie", cookie)
                .header("X-Requested-With", "linbox-console")
                .header("Origin", url(process, "").toString());
    }

    private JsonNode get(LinboxProcess process, String cookie, String path) throws Exception {
        HttpResponse<String> response = send(own(process, cookie, path));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static URI url(LinboxProcess process, String path) {
        InetSocketAddress address = process.http();
        return URI.create("http://127.0.0.1:" + address.getPort() + path);
    }
}
