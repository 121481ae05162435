package com.linbox.e2e;

import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.OFFLINE_INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.linbox.console.ConsoleEndpoint;
import com.linbox.testing.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console's calls, as its page makes them, against a whole server with its real engines. */
class ConsoleTests {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String MAX_CONTENT = "linbox.message.max-content";

    private final StandaloneInTest linbox = StandaloneInTest.get();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Logger auditLogger = (Logger) org.slf4j.LoggerFactory.getLogger("linbox.audit");
    private final ListAppender<ILoggingEvent> audit = new ListAppender<>();
    private final long alice = MessagingScenarios.newUser();
    private final long bob = MessagingScenarios.newUser();
    private String cookie = "";

    @BeforeEach
    void signIn() throws Exception {
        audit.start();
        auditLogger.addAppender(audit);
        HttpResponse<String> response = offer(linbox.bean(ConsoleEndpoint.class).madeSecret());
        assertThat(response.statusCode()).isEqualTo(204);
        String setCookie = response.headers().firstValue("set-cookie").orElseThrow();
        assertThat(setCookie)
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/console", "; Max-Age=43200")
                .doesNotContain("Secure");
        cookie = setCookie.substring(0, setCookie.indexOf(';'));
        audit.list.clear();
    }

    @AfterEach
    void release() {
        auditLogger.detachAppender(audit);
    }

    private HttpResponse<String> offer(String secret) throws Exception {
        return send(own("POST", "/session", "{\"secret\":\"" + secret + "\"}"));
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(linbox.http("/console/api" + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return cookie.isEmpty() ? request : request.header("cookie", cookie);
    }

    /** As the console's own page sends it. */
    private HttpRequest.Builder own(String method, String path, String body) {
        return request(method, path, body)
                .header("X-Requested-With", "linbox-console")
                .header("Origin", linbox.http("").toString());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send(request("GET", path, null));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private JsonNode change(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(own(method, path, body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body().isEmpty()
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(response.body());
    }

    /** What was written since it was last asked, each line read. */
    private List<JsonNode> audited() {
        List<JsonNode> lines = new ArrayList<>();
        for (ILoggingEvent event : List.copyOf(audit.list)) {
            assertThat(event.getLevel()).isEqualTo(Level.INFO);
            lines.add(JsonMapper.shared().readTree(event.getFormattedMessage()));
        }
        audit.list.clear();
        return lines;
    }

    private JsonNode theAuditedLine() {
        List<JsonNode> lines = audited();
        assertThat(lines).hasSize(1);
        JsonNode line = lines.get(0);
        assertThat(line.path("session").asString()).hasSize(12).isNotEqualTo(cookie.substring(0, 12));
        assertThat(line.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(java.time.Instant.parse(line.path("at").asString())).isNotNull();
        return line;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/session",
                "/samples",
                "/causes",
                "/cluster",
                "/users/1001",
                "/settings",
                "/dead-letters",
                "/dead-letters/0/0",
                "/nothing"
            })
    void withoutASignInNothingIsTold(String path) throws Exception {
        cookie = "";
        assertThat(send(request("GET", path, null)).statusCode()).isIn(401, 404);
        cookie = "linbox-console=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        HttpResponse<String> guessed = send(request("GET", path, null));

        assertThat(guessed.statusCode()).isEqualTo(path.equals("/nothing") ? 404 : 401);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /settings/linbox.message.max-content",
        "DELETE, /settings/linbox.message.max-content",
        "POST, /users/1001/disconnect",
        "POST, /dead-letters/0/0/replay"
    })
    void withoutASignInNothingIsChanged(String method, String path) throws Exception {
        cookie = "";

        assertThat(send(own(method, path, "{}")).statusCode()).isEqualTo(401);
        assertThat(audited()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /session",
        "DELETE, /session",
        "PUT, /settings/linbox.message.max-content",
        "DELETE, /settings/linbox.message.max-content",
        "POST, /users/1001/disconnect",
        "POST, /dead-letters/0/0/replay"
    })
    void whatChangesSomethingComesFromTheConsolesOwnPage(String method, String path) throws Exception {
        String ownOrigin = linbox.http("").toString();
        List<HttpRequest.Builder> foreign = List.of(
                request(method, path, "{}"),
                request(method, path, "{}").header("Origin", ownOrigin),
                request(method, path, "{}").header("X-Requested-With", "linbox-console"),
                request(method, path, "{}")
                        .header("X-Requested-With", "linbox-console")
                        .header("Origin", "http://evil.example"),
                request(method, path, "{}")
                        .header("X-Requested-With", "linbox-console")
                        .header("Origin", "http://127.0.0.1:1"),
                request(method, path, "{}")
                        .header("X-Requested-With", "linbox-console")
                        .header("Origin", "null"));
        for (HttpRequest.Builder request : foreign) {
            assertThat(send(request).statusCode()).isEqualTo(403);
        }
        assertThat(audited()).isEmpty();
    }

    @Test
    void everyAnswerTellsTheBrowserToTrustTheConsoleAlone() throws Exception {
        for (String path : List.of("/console", "/console/", "/console/main.js", "/console/api/session")) {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(linbox.http(path)).build(), BodyHandlers.ofString());
            Map<String, List<String>> headers = response.headers().map();
            assertThat(headers.get("content-security-policy").get(0))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
            assertThat(headers.get("referrer-policy")).containsExactly("no-referrer");
            assertThat(headers.get("cache-control"))
                    .containsExactly(path.startsWith("/console/api") ? "no-store" : "no-cache");
            assertThat(response.statusCode())
                    .isEqualTo(path.equals("/console") ? 307 : path.endsWith("session") ? 401 : 200);
        }
        assertThat(http.send(
                                HttpRequest.newBuilder(linbox.http("/console/main.js"))
                                        .build(),
                                BodyHandlers.ofString())
                        .headers()
                        .firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));
    }

    @Test
    void filesOutsideTheConsoleAreNotServedThroughIt() throws Exception {
        for (String path :
                List.of("/console/../application.yml", "/console/%2e%2e/%2e%2e/application.yml", "/console/views/")) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(linbox.http("") + path)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void aWrongSecretIsRefusedAndWhoTriesTooOftenIsNotListenedToAndOthersAre() throws Exception {
        double refused = linbox.counted("linbox.console.sign.ins", "outcome", "refused");
        double throttled = linbox.counted("linbox.console.sign.ins", "outcome", "throttled");
        String right = linbox.bean(ConsoleEndpoint.class).madeSecret();
        for (int i = 0; i < 5; i++) {
            assertThat(offerFrom("127.0.0.9", "wrong")).startsWith("HTTP/1.1 401");
        }

        assertThat(offerFrom("127.0.0.9", right)).startsWith("HTTP/1.1 429").containsIgnoringCase("\nretry-after: ");
        assertThat(offer(right).statusCode()).isEqualTo(204);
        assertThat(linbox.counted("linbox.console.sign.ins", "outcome", "refused"))
                .isEqualTo(refused + 5);
        assertThat(linbox.counted("linbox.console.sign.ins", "outcome", "throttled"))
                .isEqualTo(throttled + 1);
        List<JsonNode> lines = audited();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0).path("outcome").asString()).isEqualTo("refused: wrong secret");
        assertThat(lines.get(0).path("address").asString()).isEqualTo("127.0.0.9");
        assertThat(lines.get(5).path("outcome").asString()).isEqualTo("refused: too many wrong secrets from there");
        assertThat(lines.toString()).doesNotContain(right);
    }

    /** The whole answer, to one who comes from another address of this machine. */
    private String offerFrom(String address, String secret) throws IOException {
        URI server = linbox.http("");
        String body = "{\"secret\":\"" + secret + "\"}";
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", server.getPort()));
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream()
                    .write(("POST /console/api/session HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nOrigin: "
                                    + server
                                    + "\r\nX-Requested-With: linbox-console\r\nConnection: close\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoSignsOutIsOut() throws Exception {
        assertThat(get("/session").path("info").path("roles").size()).isEqualTo(3);

        assertThat(send(own("DELETE", "/session", null))
                        .headers()
                        .firstValue("set-cookie")
                        .orElseThrow())
                .contains("Max-Age=0");
        assertThat(send(request("GET", "/session", null)).statusCode()).isEqualTo(401);
        assertThat(theAuditedLine().path("action").asString()).isEqualTo("sign_out");
    }

    @Test
    void theMetersOfTheLastHourAreThereAndGrowByASampleEveryFiveSeconds() throws Exception {
        try (WireClient a = WireClient.signedIn(linbox.clients(), alice)) {
            a.say(alice, bob, "hello");
            await().atMost(SOON).untilAsserted(() -> {
                JsonNode window = get("/samples");
                JsonNode series = window.path("series");
                int size = window.path("at").size();
                assertThat(size).isGreaterThan(1);
                series.forEach(one -> assertThat(one.size()).isEqualTo(size));
                assertThat(newest(series, "messages.stored")).isPositive();
                assertThat(newest(series, "answer.p99")).isBetween(0.0, 30.0);
                assertThat(newest(series, "connections.signed.in")).isPositive();
                assertThat(newest(series, "lag.send")).isNotNegative();
                assertThat(newest(series, "heap")).isPositive();
                assertThat(series.path("outbox.depth").get(size - 1).isNumber()).isTrue();
            });
        }
        long newest = get("/samples").path("at").get(0).asLong();
        assertThat(get("/samples?since=" + newest).path("at").size())
                .isLessThan(get("/samples").path("at").size());
        assertThat(send(request("GET", "/samples?since=x", null)).statusCode()).isEqualTo(400);
    }

    /** The greatest of the last minute, which is enough where only one sample has anything. */
    private static double newest(JsonNode series, String name) {
        JsonNode values = series.path(name);
        double most = -1;
        for (int i = Math.max(0, values.size() - 12); i < values.size(); i++) {
            most = Math.max(most, values.get(i).isNull() ? -1 : values.get(i).asDouble());
        }
        return most;
    }

    @Test
    void refusalsAreToldByCause() throws Exception {
        long before = cause("linbox.gateway.requests.rejected", "foreign_user");
        try (WireClient a = WireClient.signedIn(linbox.clients(), alice)) {
            a.say(bob, alice, "not mine to send");
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(cause("linbox.gateway.requests.rejected", "foreign_user"))
                .isGreaterThan(before));
    }

    private long cause(String meter, String cause) throws Exception {
        for (JsonNode one : get("/causes")) {
            if (one.path("meter").asString().equals(meter)
                    && one.path("cause").asString().equals(cause)) {
                return one.path("hour").asLong();
            }
        }
        return 0;
    }

    @Test
    void gatewaysRoutersAndEnginesAreTold() throws Exception {
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode cluster = get("/cluster");
            JsonNode gateway = cluster.path("gateways").get(0);
            assertThat(gateway.path("port").asInt()).isEqualTo(linbox.clients().getPort());
            assertThat(gateway.path("leaving").asBoolean()).isFalse();
            JsonNode router = cluster.path("routers").get(0);
            assertThat(cluster.path("routers")).hasSize(1);
            assertThat(router.path("host").asString()).isEqualTo("127.0.0.1");
            assertThat(router.path("partitions").path("linbox.send").asInt()).isEqualTo(2);
            assertThat(router.path("partitions").path("linbox.query").asInt()).isEqualTo(2);
            assertThat(cluster.path("engines")).hasSize(4);
            cluster.path("engines")
                    .forEach(engine -> assertThat(engine.path("up").asBoolean()).isTrue());
        });
    }

    @Test
    void aUserIsFoundWithDevicesAndUnreadAndADeviceIsDisconnected() throws Exception {
        try (WireClient sender = WireClient.signedIn(linbox.clients(), bob);
                WireClient phone = new WireClient(linbox.clients());
                WireClient tablet = new WireClient(linbox.clients())) {
            phone.signIn(alice, "any", "phone");
            tablet.signIn(alice, "any", "tablet");
            sender.say(bob, alice, "one");
            sender.say(bob, alice, "two");
            JsonNode user = get("/users/" + alice);

            assertThat(user.path("unread").path("count").asInt()).isEqualTo(2);
            JsonNode conversation = user.path("unread").path("conversations").get(0);
            assertThat(conversation.path("with").asString()).isEqualTo(Long.toString(bob));
            assertThat(conversation.path("unread").asInt()).isEqualTo(2);
            assertThat(user.path("devices")).hasSize(2);
            JsonNode device = user.path("devices").get(0);
            assertThat(device.path("device").asString()).isEqualTo("phone");
            assertThat(device.path("since").asLong())
                    .isCloseTo(System.currentTimeMillis(), org.assertj.core.api.Assertions.within(60_000L));

            JsonNode ended = change(
                    200,
                    "POST",
                    "/users/" + alice + "/disconnect",
                    "{\"gatewayId\":\"%s\",\"connectionId\":\"%s\",\"reason\":\"lost phone\"}"
                            .formatted(
                                    device.path("gatewayId").asString(),
                                    device.path("connectionId").asString()));
            assertThat(ended.path("sessions").asInt()).isEqualTo(1);
            assertThat(phone.expect(OFFLINE_INFO).path("reason").asString()).isEqualTo("lost phone");
            JsonNode line = theAuditedLine();
            assertThat(line.path("action").asString()).isEqualTo("disconnected");
            assertThat(line.path("target").asString()).startsWith("user " + alice + ", device \"phone\"");
            assertThat(line.path("after").asString()).isEqualTo("lost phone");
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(get("/users/" + alice).path("devices")).hasSize(1));

            assertThat(change(200, "POST", "/users/" + alice + "/disconnect", "{}")
                            .path("sessions")
                            .asInt())
                    .isEqualTo(1);
            assertThat(tablet.expect(OFFLINE_INFO).path("reason").asString()).isEqualTo("disconnected by the operator");
        }
        assertThat(change(200, "POST", "/users/" + MessagingScenarios.newUser() + "/disconnect", "{}")
                        .path("sessions")
                        .asInt())
                .isZero();
        assertThat(send(request("GET", "/users/nobody", null)).statusCode()).isEqualTo(400);
        assertThat(change(400, "POST", "/users/" + alice + "/disconnect", "{\"gatewayId\":\"g\"}")
                        .path("error")
                        .asString())
                .contains("both or neither");
    }

    @Test
    void aSettingIsChangedForEverybodyAndTakenBack() throws Exception {
        String before = setting(MAX_CONTENT).path("value").asString();
        try {
            change(204, "PUT", "/settings/" + MAX_CONTENT, "{\"value\":\" 8B \"}");
            JsonNode line = theAuditedLine();
            assertThat(line.path("action").asString()).isEqualTo("setting_changed");
            assertThat(line.path("target").asString()).isEqualTo(MAX_CONTENT);
            assertThat(line.path("before").asString()).isEqualTo(before);
            assertThat(line.path("after").asString()).isEqualTo("8B");
            assertThat(line.path("outcome").asString()).isEqualTo("done");
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            setting(MAX_CONTENT).path("value").asString())
                    .isEqualTo("8B"));
            assertThat(setting(MAX_CONTENT).path("origin").asString())
                    .isEqualTo("ZooKeeper /linbox/settings/" + MAX_CONTENT);
            try (WireClient a = WireClient.signedIn(linbox.clients(), alice)) {
                assertThat(a.say(alice, bob, "twelve bytes").path("status").asInt())
                        .isEqualTo(413);
            }
        } finally {
            change(204, "DELETE", "/settings/" + MAX_CONTENT, null);
        }
        assertThat(theAuditedLine().path("action").asString()).isEqualTo("setting_withdrawn");
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        setting(MAX_CONTENT).path("value").asString())
                .isEqualTo(before));
        // What is not there can be taken back too.
        change(204, "DELETE", "/settings/" + MAX_CONTENT, null);
    }

    @Test
    void aWrongValueGoesToNobodyAndIsRefusedInTheWordsOfTheOperatorsOwnNodes() throws Exception {
        CuratorFramework zooKeeper = linbox.bean(CuratorFramework.class);
        String node = "/linbox/settings/" + MAX_CONTENT;
        String refusal = change(422, "PUT", "/settings/" + MAX_CONTENT, "{\"value\":\"much\"}")
                .path("error")
                .asString();
        JsonNode line = theAuditedLine();
        assertThat(line.path("outcome").asString()).isEqualTo("refused: " + refusal);
        assertThat(zooKeeper.checkExists().forPath(node)).isNull();
        try {
            zooKeeper.create().creatingParentsIfNeeded().forPath(node, "much".getBytes(StandardCharsets.UTF_8));
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            setting(MAX_CONTENT).path("refusal").asString())
                    .isEqualTo(refusal));
        } finally {
            change(204, "DELETE", "/settings/" + MAX_CONTENT, null);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "linbox.gateway.port, 1, cannot change while LINBOX runs",
        "linbox.limits.request-rate, -1, linbox.limits",
        "linbox.nothing.at-all, 1, nothing in this process has such a setting",
        "logging.level.com.linbox, loud, (expected: one of",
        "logging.level.linbox.audit, off, not by the console"
    })
    void whatCannotBeChangedIsRefused(String name, String value, String reason) throws Exception {
        assertThat(change(422, "PUT", "/settings/" + name, "{\"value\":\"" + value + "\"}")
                        .path("error")
                        .asString())
                .contains(reason);
        assertThat(linbox.bean(CuratorFramework.class).checkExists().forPath("/linbox/settings/" + name))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x%2Fy.z | {'value':'1'}",
                "linbox..x | {'value':'1'}",
                "linbox.message.max-content | {'value':''}",
                "linbox.message.max-content | {'worth':'1'}",
                "linbox.message.max-content | 1B",
                "linbox.message.max-content | null"
            })
    void nonsenseIsRefusedAsSuch(String name, String body) throws Exception {
        assertThat(send(own("PUT", "/settings/" + name, body.replace('\'', '"')))
                        .statusCode())
                .isIn(400, 404);
        assertThat(audited()).isEmpty();
    }

    private JsonNode setting(String name) throws Exception {
        for (JsonNode setting : get("/settings")) {
            if (setting.path("name").asString().equals(name)) {
                return setting;
            }
        }
        throw new AssertionError(name + " is not shown");
    }

    @Test
    void aRecordThatCannotBeHandledIsListedWithItsCauseAndShown() throws Exception {
        String mark = "nonsense of " + alice;
        kafka(new ProducerRecord<>("linbox.send", bytes("key " + alice), bytes(mark)));
        JsonNode letter = await().atMost(SOON).until(() -> letter("key " + alice), found -> !found.isMissingNode());

        assertThat(letter.path("place").asString()).matches("linbox\\.send-\\d+@\\d+");
        assertThat(letter.path("topic").asString()).isEqualTo("linbox.send");
        assertThat(letter.path("cause").asString()).contains("without an origin");
        assertThat(letter.path("buriedAt").asLong())
                .isCloseTo(System.currentTimeMillis(), org.assertj.core.api.Assertions.within(60_000L));
        assertThat(letter.path("replayed").isNull()).isTrue();
        assertThat(audited()).isEmpty();
        JsonNode whole = get(path(letter));
        assertThat(whole.path("text").asString()).isEqualTo(mark);
        assertThat(whole.path("hex").asBoolean()).isFalse();
        assertThat(theAuditedLine().path("action").asString()).isEqualTo("dead_letter_shown");

        // It is as wrong as before, and says where it comes from.
        change(200, "POST", path(letter) + "/replay", null);
        String id = letter.path("id").asString();
        await().atMost(SOON).untilAsserted(() -> assertThat(letters().stream()
                        .filter(other -> other.path("replayOf").asString("").equals(id)))
                .hasSize(1));
        assertThat(get(path(letter))
                        .path("letter")
                        .path("replayed")
                        .path("session")
                        .asString())
                .hasSize(12);
        change(404, "POST", "/dead-letters/0/999999999/replay", null);
        assertThat(send(request("GET", "/dead-letters/77/0", null)).statusCode())
                .isEqualTo(404);
        assertThat(send(request("GET", "/dead-letters?before=x", null)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsSentAgainArrivesAndIsStoredOnceHoweverOften() throws Exception {
        try (WireClient a = WireClient.signedIn(linbox.clients(), alice);
                WireClient b = WireClient.signedIn(linbox.clients(), bob)) {
            a.say(alice, bob, "first");
            assertThat(b.expect(NEW_MESSAGE).toString()).contains("first");
            // The same request as one that was never handled: with another request id, and another text.
            ConsumerRecord<byte[], byte[]> real = newestSentBy(alice);
            String json = new String(real.value(), StandardCharsets.UTF_8);
            String requestId = JsonMapper.shared().readTree(json).path("r_id").asString();
            String other = Long.toString(Long.parseLong(requestId) + 1_000_000);
            var dead = new ProducerRecord<>(
                    "linbox.dead",
                    null,
                    real.key(),
                    bytes(json.replace(requestId, other).replace("first", "second")),
                    real.headers());
            dead.headers().add("linbox.place", bytes("linbox.send-0@1"));
            dead.headers().add("linbox.cause", bytes("java.lang.IllegalStateException: made by a test"));
            RecordMetadata there = kafka(dead);
            String path = "/dead-letters/%d/%d".formatted(there.partition(), there.offset());

            JsonNode letter = get(path).path("letter");
            assertThat(letter.path("origin").path("userId").asString()).isEqualTo(Long.toString(alice));
            assertThat(letter.path("origin").path("packet").asString()).isEqualTo("SendMsgRequest");
            audited();
            change(200, "POST", path + "/replay", null);
            JsonNode line = theAuditedLine();
            assertThat(line.path("action").asString()).isEqualTo("dead_letter_replayed");
            assertThat(line.path("target").asString()).isEqualTo(there.partition() + "@" + there.offset());
            assertThat(b.expect(NEW_MESSAGE).toString()).contains("second");

            change(200, "POST", path + "/replay", null);
            JsonNode toldAgain = b.expect(NEW_MESSAGE);
            assertThat(toldAgain.toString()).contains("second");
            assertThat(toldAgain.path("msg").path("msg_id").asInt()).isEqualTo(2);
            a.say(alice, bob, "third");
            assertThat(b.expect(NEW_MESSAGE).toString()).contains("third");
            JsonNode history = linbox.backEnd()
                    .call("HistoryService/history", "{'userId':'%d','partnerId':'%d'}".formatted(alice, bob));
            assertThat(history.path("messages").findValuesAsString("content"))
                    .containsExactly("third", "second", "first");
            assertThat(get(path).path("letter").path("replayed").path("at").asLong())
                    .isPositive();
        }
    }

    @Test
    void aLetterThatDoesNotSayWhereItComesFromIsNotSentAnywhere() throws Exception {
        var lost = new ProducerRecord<>("linbox.dead", bytes("lost"), new byte[] {(byte) 0xff, 0, 1});
        lost.headers().add("linbox.place", bytes("linbox.dead-0@1"));
        RecordMetadata there = kafka(lost);
        String path = "/dead-letters/%d/%d".formatted(there.partition(), there.offset());

        JsonNode whole = get(path);
        assertThat(whole.path("hex").asBoolean()).isTrue();
        assertThat(whole.path("text").asString())
                .isEqualTo("ff0001".substring(0, whole.path("text").asString().length()));
        assertThat(whole.path("letter").path("topic").isNull()).isTrue();
        assertThat(change(422, "POST", path + "/replay", null).path("error").asString())
                .contains("does not say which topic");
    }

    @Test
    void aLongRecordIsCutWithinTheTextAndSaysSo() throws Exception {
        // 65,536 is no multiple of three.
        RecordMetadata there = kafka(new ProducerRecord<>("linbox.dead", bytes("long"), bytes("€".repeat(50_000))));

        JsonNode whole = get("/dead-letters/%d/%d".formatted(there.partition(), there.offset()));
        assertThat(whole.path("text").asString()).isEqualTo("€".repeat(65_536 / 3));
        assertThat(whole.path("cut").asBoolean()).isTrue();
        assertThat(whole.path("letter").path("bytes").asInt()).isEqualTo(150_000);
    }

    @Test
    void lettersAreTurnedPageByPageNewestFirstAndNoneIsLeftOut() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            RecordMetadata there = kafka(new ProducerRecord<>("linbox.dead", bytes("page " + i), bytes("x")));
            made.add(there.partition() + "@" + there.offset());
        }
        List<String> seen = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = get("/dead-letters?limit=5" + before);
            assertThat(page.path("letters").size()).isLessThanOrEqualTo(5);
            page.path("letters").forEach(letter -> seen.add(letter.path("id").asString()));
            before = page.path("older").isNull()
                    ? null
                    : "&before=" + page.path("older").asString();
        } while (before != null);

        assertThat(seen).doesNotHaveDuplicates().containsAll(made);
        assertThat(seen.subList(0, 12)).containsExactlyInAnyOrderElementsOf(made);
    }

    private static String path(JsonNode letter) {
        return "/dead-letters/" + letter.path("partition").asInt() + "/"
                + letter.path("offset").asString();
    }

    private List<JsonNode> letters() throws Exception {
        List<JsonNode> letters = new ArrayList<>();
        get("/dead-letters?limit=100").path("letters").forEach(letters::add);
        return letters;
    }

    private JsonNode letter(String key) throws Exception {
        return letters().stream()
                .filter(letter -> letter.path("key").asString().equals(key))
                .findFirst()
                .orElse(JsonMapper.shared().missingNode());
    }

    @SuppressWarnings("unchecked") // there is one
    private RecordMetadata kafka(ProducerRecord<byte[], byte[]> record) throws Exception {
        return (RecordMetadata) linbox.bean(Producer.class).send(record).get(10, TimeUnit.SECONDS);
    }

    private ConsumerRecord<byte[], byte[]> newestSentBy(long user) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", linbox.property("spring.kafka.bootstrap-servers")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition("linbox.send", 0), new TopicPartition("linbox.send", 1)));
            consumer.seekToBeginning(consumer.assignment());
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (new String(record.value(), StandardCharsets.UTF_8).contains("\"" + user + "\"")) {
                        found.add(record);
                    }
                });
                return !found.isEmpty();
            });
            return found.get(found.size() - 1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
