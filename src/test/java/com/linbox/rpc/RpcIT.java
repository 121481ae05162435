package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.testing.KafkaEngine;
import com.linbox.testing.LinboxProcess;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two instances of the rpc role, a gateway with a router, and those who call: a Java program with Dubbo 3, curl, and a program
 * built against the original with Dubbo 2.7. Each is a process of its own.
 */
@WithEngines({KafkaEngine.class, ZooKeeperEngine.class, RedisEngine.class, MariaDbEngine.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RpcIT {

    private static final String SECRET = "the-secret-of-the-back-end";
    private static final int SYSTEM_MESSAGE = 15;
    private static final Pattern RPC = Pattern.compile("LINBOX is ready.*rpc dubbo://([^: ]+):(\\d+).*");
    private static final Pattern HTTP = Pattern.compile("LINBOX is ready.*http http://([^: ]+):(\\d+).*");
    private static final AtomicLong USERS = new AtomicLong(710_000);

    private static final Map<String, String> properties = new HashMap<>();
    private static final List<LinboxProcess> processes = new ArrayList<>();
    private static LinboxProcess gateway;
    private static LinboxProcess one;
    private static LinboxProcess other;
    private static Caller dubbo;
    private static Caller curl;

    /** By what means a call is made. */
    enum By {
        DUBBO,
        CURL;

        Caller caller() {
            return this == DUBBO ? dubbo : curl;
        }
    }

    @BeforeAll
    static void start(KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb)
            throws Exception {
        Stream.of(kafka, zooKeeper, redis).forEach(engine -> properties.putAll(engine.properties()));
        properties.putAll(mariaDb.newDatabase().springProperties());
        properties.put("linbox.credential.mode", "token");
        properties.put("server.port", "0");
        properties.put("linbox.zookeeper.session-timeout", "3s");
        gateway = startLinbox("gateway,router", Map.of("linbox.gateway.port", "0"));
        Map<String, String> rpc = Map.of(
                "linbox.rpc.port", "0", "linbox.rpc.secret", SECRET, "linbox.credential.content-keys", "dynamic");
        one = startLinbox("rpc", rpc);
        other = startLinbox("rpc", rpc);
        dubbo = DubboCaller.start(zooKeeper.connect(), SECRET);
        processes.forEach(LinboxProcess::awaitReady);
        curl = new CurlCaller(address(one, RPC), SECRET);
    }

    private static LinboxProcess startLinbox(String role, Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        all.put("spring.profiles.active", role);
        LinboxProcess process = LinboxProcess.start("rpc-it-" + role.replace(',', '-'), all);
        processes.add(process);
        return process;
    }

    private static InetSocketAddress address(LinboxProcess process, Pattern line) {
        Matcher found = line.matcher(process.output());
        assertThat(found.find()).as(process.output()).isTrue();
        return new InetSocketAddress(found.group(1), Integer.parseInt(found.group(2)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (dubbo != null) {
            dubbo.close();
        }
        for (LinboxProcess process : processes) {
            process.close();
        }
    }

    private static long newUser() {
        return USERS.incrementAndGet();
    }

    private static String json(String text, Object... values) {
        return text.replace('\'', '"').formatted(values);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void livingGatewaysAreTold(By by) throws Exception {
        Awaitility.await().untilAsserted(() -> {
            JsonNode gateways =
                    by.caller().call("GatewayService", "gateways", "{}").path("gateways");
            assertThat(gateways).hasSize(1);
            assertThat(gateways.get(0).path("port").asInt())
                    .isEqualTo(gateway.clients().getPort());
        });
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void aTokenLetsItsUserInUntilItIsTakenBack(By by) throws Exception {
        long user = newUser();
        JsonNode issued = by.caller()
                .call(
                        "CredentialService",
                        "issue",
                        json("{'userId':'%d','device':'phone','lifetimeSeconds':60}", user));
        assertThat(issued.path("token").asString()).as("%s", issued).isNotEmpty();
        assertThat(issued.path("contentKey").asString()).isNotEmpty();
        assertThat(issued.path("expiresAt").asLong()).isGreaterThan(System.currentTimeMillis());
        assertThat(issued.path("gateways")).hasSize(1);

        String token = issued.path("token").asString();
        assertThat(signIn(user, token, "phone")).isEqualTo(200);
        assertThat(signIn(user, token, "tablet")).isEqualTo(401);
        JsonNode revoked =
                by.caller().call("CredentialService", "revoke", json("{'userId':'%d','token':'%s'}", user, token));
        assertThat(revoked.path("tokens").asInt()).isEqualTo(1);
        assertThat(signIn(user, token, "phone")).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void takingBackAllTokensEndsTheSessions(By by) throws Exception {
        long user = newUser();
        try (WireClient client = signedIn(by, user)) {
            JsonNode revoked =
                    by.caller().call("CredentialService", "revokeAll", json("{'userId':'%d','reason':'left'}", user));
            assertThat(revoked.path("tokens").asInt()).isEqualTo(1);
            assertThat(revoked.path("sessions").asInt()).isEqualTo(1);
            assertThat(client.expect(WireClient.OFFLINE_INFO).path("reason").asString())
                    .isEqualTo("left");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void aMessageIsStoredOnceAndReachesItsRecipient(By by) throws Exception {
        long sender = newUser();
        long recipient = newUser();
        String request = json(
                "{'senderId':'%d','recipientId':'%d','requestId':'9007199254740993','content':'grüße 📱'}",
                sender, recipient);
        try (WireClient client = signedIn(by, recipient)) {
            JsonNode sent = by.caller().call("MessageService", "send", request);
            assertThat(sent.path("msgId").asLong()).as("%s", sent).isEqualTo(1);
            JsonNode pushed = client.expect(WireClient.NEW_MESSAGE);
            assertThat(pushed.path("msg").path("content").asString()).isEqualTo("grüße 📱");

            JsonNode again = by.caller().call("MessageService", "send", request);
            assertThat(again).isEqualTo(sent);
            assertThat(again.path("requestId").asString()).isEqualTo("9007199254740993");
        }
        JsonNode history = by.caller()
                .call("HistoryService", "history", json("{'userId':'%d','partnerId':'%d'}", recipient, sender));
        assertThat(history.path("messages")).hasSize(1);
        assertThat(history.path("messages").get(0).path("content").asString()).isEqualTo("grüße 📱");
        assertThat(history.path("more").asBoolean()).isFalse();
        JsonNode unread = by.caller().call("HistoryService", "unread", json("{'userId':'%d'}", recipient));
        JsonNode conversation = unread.path("conversations").get(0);
        assertThat(conversation.path("unread").asLong()).isEqualTo(1);
        assertThat(conversation.path("partnerId").asString()).isEqualTo(Long.toString(sender));
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void historyAndConversationsComeInPages(By by) throws Exception {
        long user = newUser();
        for (int i = 1; i <= 3; i++) {
            by.caller()
                    .call(
                            "MessageService",
                            "send",
                            json(
                                    "{'senderId':'%d','recipientId':'%d','requestId':'%d','content':'%d'}",
                                    user, user - 100_000 - (i == 3 ? 1 : 0), i, i));
        }
        JsonNode newest = by.caller()
                .call(
                        "HistoryService",
                        "history",
                        json("{'userId':'%d','partnerId':'%d','limit':1}", user, user - 100_000));
        assertThat(newest.path("messages").get(0).path("msgId").asLong()).isEqualTo(2);
        assertThat(newest.path("more").asBoolean()).isTrue();
        JsonNode first =
                by.caller().call("HistoryService", "unread", json("{'userId':'%d','offset':0,'limit':1}", user));
        assertThat(first.path("nextOffset").asInt()).isEqualTo(1);
        JsonNode last =
                by.caller().call("HistoryService", "unread", json("{'userId':'%d','offset':1,'limit':1}", user));
        assertThat(last.path("nextOffset").asInt()).isZero();
        assertThat(last.path("conversations")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void systemMessagesReachWhomTheyAreForSoonerOrLaterAndEverybodyWhoIsOnline(By by) throws Exception {
        long user = newUser();
        long offline = newUser();
        try (WireClient client = signedIn(by, user)) {
            JsonNode one = by.caller()
                    .call(
                            "MessageService",
                            "sendSystem",
                            json("{'userIds':['%d','%d'],'systemType':3,'content':'one'}", user, offline));
            assertThat(one.path("sessions").asInt()).as("%s", one).isEqualTo(1);
            assertThat(client.expect(SYSTEM_MESSAGE).path("content").asString()).isEqualTo("one");
            JsonNode all =
                    by.caller().call("MessageService", "sendSystemToAll", json("{'systemType':4,'content':'all'}"));
            assertThat(all.has("sessions")).as("%s", all).isTrue();
            JsonNode received = client.expect(SYSTEM_MESSAGE);
            assertThat(received.path("content").asString()).isEqualTo("all");
            assertThat(received.path("system_type").asInt()).isEqualTo(4);
            assertThat(received.has("msg_id")).as("it is not stored").isFalse();
        }
        try (WireClient client = signedIn(by, offline)) {
            assertThat(client.expect(SYSTEM_MESSAGE).path("content").asString()).isEqualTo("one");
        }
        JsonNode unread = by.caller().call("HistoryService", "systemUnread", json("{'userId':'%d'}", offline));
        assertThat(unread)
                .isEqualTo(JsonMapper.shared()
                        .readTree(json("{'types':[{'systemType':3,'unread':1},{'systemType':10,'unread':0},"
                                + "{'systemType':30,'unread':0}]}")));
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void whoIsOnlineIsToldAndCanBeDisconnected(By by) throws Exception {
        long user = newUser();
        String question = json("{'userIds':['%d','%d']}", user, newUser());
        try (WireClient client = signedIn(by, user)) {
            JsonNode online =
                    by.caller().call("PresenceService", "online", question).path("users");
            assertThat(online).hasSize(1);
            assertThat(online.get(0).path("userId").asString()).isEqualTo(Long.toString(user));
            assertThat(online.get(0).path("sessions").get(0).path("device").asString())
                    .isEqualTo("phone");
            JsonNode none =
                    by.caller().call("PresenceService", "disconnect", json("{'userId':'%d','device':'tablet'}", user));
            assertThat(none.path("sessions").asInt()).isZero();
            JsonNode ended = by.caller()
                    .call(
                            "PresenceService",
                            "disconnect",
                            json("{'userId':'%d','device':'phone','reason':'be gone'}", user));
            assertThat(ended.path("sessions").asInt()).isEqualTo(1);
            assertThat(client.expect(WireClient.OFFLINE_INFO).path("reason").asString())
                    .isEqualTo("be gone");
        }
        Awaitility.await().untilAsserted(() -> assertThat(
                        by.caller().call("PresenceService", "online", question).path("users"))
                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void whatIsWrongIsNamed(By by) throws Exception {
        assertFailure(by, "MessageService", "send", "{'senderId':'x'}", "INVALID_ID", "senderId: x");
        assertFailure(by, "MessageService", "send", "{'senderId':'1'}", "MISSING_FIELD", "recipientId: missing");
        assertFailure(by, "MessageService", "send", "{'senderId':'1','groupId':'5'}", "UNSUPPORTED", "groupId");
        assertFailure(
                by,
                "MessageService",
                "send",
                "{'senderId':'1','recipientId':'2','requestId':'3','deadlineMillis':0}",
                "INVALID_VALUE",
                "deadlineMillis: 0");
        assertFailure(
                by,
                "MessageService",
                "send",
                "{'senderId':'1','recipientId':'2','requestId':'3','mimeType':'é'}",
                "INVALID_VALUE",
                "mimeType");
        assertFailure(
                by,
                "MessageService",
                "send",
                "{'senderId':'1','recipientId':'2','requestId':'3','content':'" + "x".repeat(20_000) + "'}",
                "CONTENT_TOO_LARGE",
                "content: 20000 bytes");
        assertFailure(by, "PresenceService", "online", "{'userIds':[]}", "INVALID_VALUE", "userIds: 0");
        assertFailure(by, "HistoryService", "unread", "{'userId':'1','limit':1000}", "INVALID_VALUE", "limit: 1000");
        assertFailure(
                by,
                "CredentialService",
                "issue",
                "{'userId':'1','lifetimeSeconds':0}",
                "INVALID_VALUE",
                "lifetimeSeconds: 0");
    }

    private static void assertFailure(By by, String service, String method, String request, String code, String text)
            throws Exception {
        JsonNode failure = by.caller().call(service, method, json(request));
        assertThat(failure.path("code").asString()).as("%s", failure).isEqualTo(code);
        assertThat(failure.path("message").asString()).startsWith(text).doesNotContain("com.linbox", "\tat ");
    }

    @Test
    @Order(1)
    void callersWithoutTheSecretAreRefusedAndCounted() throws Exception {
        InetSocketAddress rpc = address(one, RPC);
        for (String wrong : new String[] {null, "not-the-secret-of-the-back-end"}) {
            JsonNode refused = new CurlCaller(rpc, wrong).call("GatewayService", "gateways", "{}");
            assertThat(refused.path("code").asString()).isEqualTo("NOT_CERTIFIED");
        }
        InetSocketAddress http = address(one, HTTP);
        String meters = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://%s:%d/actuator/prometheus"
                                        .formatted(http.getHostString(), http.getPort())))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(meters)
                .contains("linbox_rpc_callers_total{outcome=\"with_wrong_secret\"} 1.0")
                .contains("linbox_rpc_callers_total{outcome=\"without_secret\"} 1.0")
                .contains(
                        "linbox_rpc_calls_seconds_count{method=\"GatewayService.gateways\",outcome=\"not_certified\"}");
    }

    @Test
    @Order(1)
    void nobodyBeyondLoopbackReachesIt() throws Exception {
        int port = address(one, RPC).getPort();
        List<InetAddress> beyond = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        for (InetAddress address : beyond) {
            assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    @Order(1)
    void aBackEndOfTheOriginalGoesOnWithItsOldClasses(ZooKeeperEngine zooKeeper) throws Exception {
        long sender = newUser();
        long recipient = newUser();
        try (WireClient client = signedIn(By.CURL, recipient)) {
            Map<String, String> results = runOldCaller(zooKeeper.connect(), sender, recipient);

            String clients = gateway.clients().getAddress().getHostAddress() + ":"
                    + gateway.clients().getPort();
            assertThat(results).containsEntry("getIMServerList", "[" + clients + "]");
            assertThat(results.get("getPassword")).matches("[A-Za-z0-9+/=]{16,}");
            assertThat(results).containsEntry("sendMessage", "done").containsEntry("sendSystemMessage", "done");
            assertThat(client.expect(WireClient.NEW_MESSAGE)
                            .path("msg")
                            .path("content")
                            .asString())
                    .isEqualTo("from an old caller");
            assertThat(client.expect(SYSTEM_MESSAGE).path("content").asString()).isEqualTo("system of an old caller");
            long id = Long.parseLong(results.get("generateGroupId"));
            assertThat(id).isPositive().isLessThan(Long.parseLong(results.get("generateGroupId again")));
            assertThat(results.get("sendMessage to a group"))
                    .startsWith("java.lang.IllegalArgumentException: messageType: 3")
                    .endsWith(" 0");
            assertThat(results.get("sendMessage to nobody"))
                    .startsWith("java.lang.IllegalArgumentException: to: nobody");
            assertThat(results.get("wrong secret")).startsWith("java.lang.IllegalStateException: authorization: wrong");
        }
    }

    private static Map<String, String> runOldCaller(String zooKeeper, long sender, long recipient) throws Exception {
        Path jars = Path.of("target", "old-caller");
        Path classes = Files.createDirectories(jars.resolve("classes"));
        String classPath = jars.resolve("*").toString();
        Path sources = Path.of("src", "test", "old-caller");
        List<String> javac =
                new ArrayList<>(List.of("-nowarn", "-proc:none", "--release", "8", "-d", classes.toString()));
        try (Stream<Path> files = Files.list(jars)) {
            String jarList = String.join(
                    System.getProperty("path.separator"),
                    files.map(Path::toString)
                            .filter(file -> file.endsWith(".jar"))
                            .toList());
            javac.addAll(List.of("-cp", jarList));
        }
        javac.add(sources.resolve("com/linbox/im/interfaces/IIMService.java").toString());
        javac.add(sources.resolve("OldCaller.java").toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new)))
                .isZero();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.math=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes + System.getProperty("path.separator") + classPath,
                        "OldCaller",
                        zooKeeper,
                        SECRET,
                        Long.toString(sender),
                        Long.toString(recipient))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(
                Files.createDirectories(Path.of("target", "processes")).resolve("old-caller.log"), output);
        Map<String, String> results = new HashMap<>();
        output.lines().filter(line -> line.startsWith("RESULT ")).forEach(line -> {
            String[] parts = line.substring("RESULT ".length()).split(" = ", 2);
            results.put(parts[0], parts[1]);
        });
        assertThat(results).as(output).hasSize(9);
        return results;
    }

    @Test
    @Order(2)
    void callsGoOnWhenAnInstanceIsKilled() throws Exception {
        long sender = newUser();
        other.kill();
        for (int i = 1; i <= 20; i++) {
            JsonNode sent = dubbo.call(
                    "MessageService",
                    "send",
                    json("{'senderId':'%d','recipientId':'1','requestId':'%d','content':'x'}", sender, i));
            assertThat(sent.path("msgId").asLong()).as("%s", sent).isEqualTo(i);
        }
    }

    @Test
    @Order(3)
    void aKilledGatewayIsOutOfTheListAndItsUsersAreOffline() throws Exception {
        long user = newUser();
        String question = json("{'userIds':['%d']}", user);
        try (WireClient client = signedIn(By.CURL, user)) {
            assertThat(curl.call("PresenceService", "online", question).path("users"))
                    .hasSize(1);

            gateway.kill();

            assertThat(client.readToEnd()).isEmpty();
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(curl.call("GatewayService", "gateways", "{}").path("gateways"))
                        .isEmpty();
                assertThat(curl.call("PresenceService", "online", question).path("users"))
                        .isEmpty();
            });
        }
    }

    @Test
    @Order(4)
    void noSecretAndNoTokenIsInAnyLog() {
        for (LinboxProcess process : processes) {
            assertThat(process.output()).doesNotContain(SECRET, "grüße", "ERROR");
        }
    }

    private static WireClient signedIn(By by, long user) throws Exception {
        JsonNode issued =
                by.caller().call("CredentialService", "issue", json("{'userId':'%d','lifetimeSeconds':60}", user));
        WireClient client = new WireClient(gateway.clients());
        assertThat(authenticate(client, user, issued.path("token").asString(), "phone"))
                .isEqualTo(200);
        return client;
    }

    private static int signIn(long user, String token, String device) throws Exception {
        try (WireClient client = new WireClient(gateway.clients())) {
            return authenticate(client, user, token, device);
        }
    }

    private static int authenticate(WireClient client, long user, String token, String device) throws IOException {
        client.send(
                WireClient.AUTH,
                WireClient.object()
                        .put("user_id", Long.toString(user))
                        .put("token", token)
                        .put("device", device));
        return client.expect(WireClient.AUTH_RESPONSE).path("status").asInt();
    }
}
