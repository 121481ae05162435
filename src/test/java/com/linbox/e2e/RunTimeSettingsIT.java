package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.testing.WireClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does with nodes of ZooKeeper, and what users notice of it. */
class RunTimeSettingsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String MAX_CONTENT = "linbox.message.max-content";

    private final StandaloneInTest linbox = StandaloneInTest.get();
    private final HttpClient http = HttpClient.newHttpClient();
    private CuratorFramework operator;

    @BeforeEach
    void connect() {
        operator =
                CuratorFrameworkFactory.newClient(linbox.property("linbox.zookeeper.connect"), new RetryOneTime(100));
        operator.start();
    }

    @AfterEach
    void everythingAsItWas() throws Exception {
        operator.delete().quietly().forPath(path(MAX_CONTENT));
        await().atMost(SOON)
                .until(() -> setting(MAX_CONTENT).path("origin").asString().equals("default"));
        operator.close();
    }

    @Test
    void aLimitChangesForClientsThatAreConnectedAndAWrongOneIsToldByHealth() throws Exception {
        try (WireClient client = WireClient.signedIn(linbox.clients(), 930_001)) {
            assertThat(say(client, "twelve bytes")).isEqualTo(200);

            set("8B");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(say(client, "twelve bytes")).isEqualTo(413));
            assertThat(say(client, "8 bytes.")).isEqualTo(200);
            assertThat(setting(MAX_CONTENT).path("origin").asString()).isEqualTo("ZooKeeper " + path(MAX_CONTENT));
            assertThat(setting(MAX_CONTENT).path("value").asString()).isEqualTo("8B");
            assertThat(health().path("status").asString()).isEqualTo("UP");

            set("much");
            await().atMost(SOON).until(() -> health().path("status").asString().equals("DEGRADED"));
            assertThat(health().path("components").path("settings").toString()).contains(MAX_CONTENT + "=much");
            assertThat(setting(MAX_CONTENT).path("refusal").asString()).contains("much");
            assertThat(say(client, "twelve bytes")).isEqualTo(413);

            operator.delete().forPath(path(MAX_CONTENT));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(say(client, "twelve bytes")).isEqualTo(200));
            assertThat(health().path("status").asString()).isEqualTo("UP");
        }
    }

    private static int say(WireClient client, String content) throws IOException {
        return client.say(930_001, 930_002, content).path("status").asInt();
    }

    private void set(String value) throws Exception {
        operator.create()
                .orSetData()
                .creatingParentsIfNeeded()
                .forPath(path(MAX_CONTENT), value.getBytes(StandardCharsets.UTF_8));
    }

    private static String path(String setting) {
        return "/linbox/settings/" + setting;
    }

    private JsonNode setting(String name) throws Exception {
        for (JsonNode setting : get("/actuator/settings").path("settings")) {
            if (setting.path("name").asString().equals(name)) {
                return setting;
            }
        }
        throw new AssertionError(name + " is not shown");
    }

    private JsonNode health() throws Exception {
        return get("/actuator/health");
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(linbox.http(path)).build();
        return JsonMapper.shared()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
