package com.linbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.testing.BackEnd;
import com.linbox.testing.Browser;
import com.linbox.testing.JarProcess;
import com.linbox.testing.NodeTests;
import com.linbox.testing.Programs;
import com.linbox.testing.WebSocketClient;
import com.linbox.testing.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real HAProxy with docker/haproxy.cfg, before one LINBOX that is all of its servers. */
class LoadBalancerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What was connected to what, and how it ended. */
    private static final Path LOG = Path.of("target", "processes", "haproxy.log");

    @TempDir
    static Path folder;

    private static final Map<Integer, Integer> BOUND = new HashMap<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static JarProcess linbox;
    private static Process balancer;

    @BeforeAll
    static void start() throws Exception {
        Programs.require(
                Programs.isThere("haproxy"),
                "linbox.haproxy.required",
                "haproxy (Debian's package) is not on the PATH");
        Map<Integer, Integer> servers = Map.of(
                9502, LoopbackPorts.free(),
                9080, LoopbackPorts.free(),
                20880, LoopbackPorts.free(),
                8080, LoopbackPorts.free(),
                // Nobody listens there without a certificate.
                9543, LoopbackPorts.free(),
                9443, LoopbackPorts.free());
        linbox = JarProcess.start(
                folder,
                "--linbox.credential.mode=token",
                "--linbox.gateway.port=" + servers.get(9502),
                "--linbox.gateway.proxy-protocol=true",
                "--linbox.gateway.ws.port=" + servers.get(9080),
                "--linbox.gateway.ws.behind-proxy=true",
                "--linbox.web.web-socket-url=/ws",
                "--linbox.rpc.port=" + servers.get(20880),
                "--server.port=" + servers.get(8080),
                "--linbox.data-dir=" + folder.resolve("data"));
        linbox.awaitReady();
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, onLoopback(Files.readString(ComposeFile.FOLDER.resolve("haproxy.cfg")), servers));
        Files.createDirectories(LOG.getParent());
        balancer = new ProcessBuilder("haproxy", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        await().atMost(PATIENCE).until(() -> !balancer.isAlive() || isThrough());
        assertThat(balancer.isAlive()).as(() -> read(LOG)).isTrue();
    }

    private static boolean isThrough() throws InterruptedException {
        try {
            return get("/").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As it is, but for the machines, the ports it listens on, Docker's name server, and as many connections as a test may have. */
    private static String onLoopback(String config, Map<Integer, Integer> servers) {
        String bound = Pattern.compile("(?m)^( +bind )\\S*:(\\d+)$")
                .matcher(config)
                .replaceAll(bind -> {
                    int port = LoopbackPorts.free();
                    BOUND.put(Integer.parseInt(bind.group(2)), port);
                    return bind.group(1) + "127.0.0.1:" + port;
                });
        return Pattern.compile("(gateway|rpc)-[12]:(\\d+) port 8080")
                .matcher(bound)
                .replaceAll(server ->
                        "127.0.0.1:" + servers.get(Integer.parseInt(server.group(2))) + " port " + servers.get(8080))
                .replace("init-addr libc,none", "")
                .replace(" resolvers docker", "")
                .replace("maxconn 100000", "maxconn 1000");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (balancer != null) {
            balancer.destroy();
            assertThat(balancer.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        if (linbox != null) {
            linbox.close();
        }
    }

    private static InetSocketAddress bound(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), BOUND.get(port));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + BOUND.get(8080) + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String token(long user) throws Exception {
        return new BackEnd(bound(20880))
                .call("CredentialService/issue", "{'userId':'%d','lifetimeSeconds':600}".formatted(user))
                .path("token")
                .asString();
    }

    @Test
    void clientsComeThrough() throws Exception {
        try (WireClient a = new WireClient(bound(9502))) {
            assertThat(a.signIn(1, token(1), "desktop").path("status").asInt()).isEqualTo(200);
            assertThat(a.say(1, 2, "hello").path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void backEndsComeThrough() throws Exception {
        assertThat(new BackEnd(bound(20880))
                        .call(
                                "MessageService/send",
                                "{'senderId':'1','recipientId':'2','requestId':'7','content':'hello'}")
                        .path("msgId")
                        .asLong())
                .isPositive();
    }

    @Test
    void aBrowserHasThePageAndItsWebSocketAtOnePort() throws Exception {
        assertThat(get("/chat/config.json").body()).contains("\"webSocket\":\"/ws\"");
        assertThat(get("/linbox.js").body()).contains("export function connect");
        try (WebSocketClient b =
                WebSocketClient.connect(bound(8080), "Origin", "http://127.0.0.1:" + BOUND.get(8080))) {
            assertThat(b.signIn(3, token(3), "web").path("status").asInt()).isEqualTo(200);
            assertThat(b.say(3, 4, "hello").path("status").asInt()).isEqualTo(200);
        }
        assertThat(WebSocketClient.refusal(
                        catchThrowable(() -> WebSocketClient.connect(bound(8080), "Origin", "http://evil.example"))))
                .isEqualTo(403);
    }

    @Test
    void peopleChatInABrowserThatIsGivenTokens() throws Exception {
        Browser.require();
        assertThat(NodeTests.failures(
                        List.of(Browser.TESTS.resolve("tokens.test.mjs")),
                        Map.of(
                                "LINBOX_HTTP", "http://127.0.0.1:" + BOUND.get(8080),
                                "LINBOX_RPC", "http://127.0.0.1:" + BOUND.get(20880)),
                        Duration.ofMinutes(3)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/prometheus",
                "/actuator/health",
                "/console",
                "/console/api/gateways",
                "/chat/../actuator"
            })
    void nothingElseOfTheHttpPortIsServed(String path) throws Exception {
        try (Socket socket = new Socket(bound(8080).getAddress(), bound(8080).getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .matches("(?s)HTTP/1\\.\\d 40[04] .*");
        }
    }
}
