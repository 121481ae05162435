package com.linbox.e2e;

import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.SEND;
import static com.linbox.testing.WireClient.SEND_RESPONSE;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.linbox.LinboxApplication;
import com.linbox.credential.ContentKeys;
import com.linbox.credential.CredentialIssuer;
import com.linbox.gateway.GatewayEndpoint;
import com.linbox.testing.GatewaySlice;
import com.linbox.testing.JsonWebTokens;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a server prints, with everything logged that can be, while all kinds of secrets pass through it. */
@WithEngines(RedisEngine.class)
class SecretsInLogsIT {

    private static final String PASS_PHRASE = "PASSPHRASE-of-16";
    private static final String OTHER_PASS_PHRASE = "ANOTHER-phrase16";
    private static final String JWT_SECRET = "JWTSECRET-of-at-least-32-characters";
    private static final String CONTENT = "CONTENT-that-is-nobody-elses-business";
    private static final String WEBHOOK_SECRET = "WEBHOOKSECRET-of-the-push-service";
    private static final String WEBHOOK_QUERY = "WEBHOOKQUERY-that-lets-in";
    private static final String GUESS = "GUESS-of-a-token";
    private static final String BROKEN = "BROKEN-json-with-a-token-in-it";
    private static final String CONSOLE_SECRET = "CONSOLESECRET-of-the-operators";
    private static final String CONSOLE_GUESS = "CONSOLEGUESS-of-that-secret";
    private static final String UNREADABLE = "UNREADABLE-content";

    private final long alice = MessagingScenarios.newUser();
    private final long bob = MessagingScenarios.newUser();
    private final Map<String, String> secrets = new LinkedHashMap<>(Map.of(
            "pass phrase", PASS_PHRASE,
            "another pass phrase", OTHER_PASS_PHRASE,
            "secret of JWTs", JWT_SECRET,
            "secret of the webhook", WEBHOOK_SECRET,
            "query of the webhook's URL", WEBHOOK_QUERY,
            "content", CONTENT,
            "guessed token", GUESS,
            "token in broken JSON", BROKEN,
            "content under another key", UNREADABLE));

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger linbox = (Logger) LoggerFactory.getLogger("com.linbox");
    private final Level rootLevel = root.getLevel();
    private final Level linboxLevel = linbox.getLevel();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void capture() {
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @AfterEach
    void release() {
        System.setOut(out);
        System.setErr(err);
        root.setLevel(rootLevel);
        linbox.setLevel(linboxLevel);
    }

    @Test
    void neitherTokenNorKeyNorContentIsPrinted(RedisEngine redis) throws Exception {
        try (ConfigurableApplicationContext server = new SpringApplicationBuilder(LinboxApplication.class)
                .run(
                        "--linbox.data-dir=" + folder.resolve("data"),
                        "--linbox.gateway.port=0",
                        "--linbox.gateway.ws.port=0",
                        "--server.port=0",
                        "--linbox.gateway.v1-key=" + PASS_PHRASE,
                        "--linbox.credential.mode=token",
                        "--linbox.credential.content-keys=dynamic",
                        "--linbox.credential.jwt.secret=" + JWT_SECRET,
                        // Nobody listens there.
                        "--linbox.push.webhook.url=http://127.0.0.1:1/hook?key=" + WEBHOOK_QUERY,
                        "--linbox.push.webhook.secret=" + WEBHOOK_SECRET,
                        "--linbox.console.secret=" + CONSOLE_SECRET,
                        "--logging.level.root=debug",
                        "--logging.level.com.linbox=trace")) {
            useConsole(server.getEnvironment().getRequiredProperty("local.server.port"));
            useTokensAndKeys(server);
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> printed.toString(StandardCharsets.UTF_8).contains("The webhook takes no events"));
            useJsonWebTokens(redis);
        }

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("DEBUG").contains("Connection ", "SIGN_IN_REFUSED", "UNDECRYPTABLE");
        secrets.forEach((name, secret) -> {
            int found = text.indexOf(secret);
            assertThat(found)
                    .as(
                            "%s in: %s",
                            name,
                            found < 0
                                    ? ""
                                    : text.substring(Math.max(0, found - 300), Math.min(text.length(), found + 100)))
                    .isNegative();
        });
    }

    private void useConsole(String port) throws Exception {
        secrets.put("the console's secret", CONSOLE_SECRET);
        secrets.put("a guess at the console's secret", CONSOLE_GUESS);
        String server = "http://127.0.0.1:" + port;
        HttpClient http = HttpClient.newHttpClient();
        String cookie = "";
        for (String offered : new String[] {CONSOLE_GUESS, CONSOLE_SECRET}) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(server + "/console/api/session"))
                            .header("X-Requested-With", "linbox-console")
                            .header("Origin", server)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"secret\":\"" + offered + "\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(offered.equals(CONSOLE_SECRET) ? 204 : 401);
            cookie = response.headers().firstValue("set-cookie").orElse("").replaceAll(";.*", "");
        }
        secrets.put("the console's session", cookie.substring(cookie.indexOf('=') + 1));
        HttpResponse<String> seen = http.send(
                HttpRequest.newBuilder(URI.create(server + "/console/api/session"))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(seen.statusCode()).isEqualTo(200);
    }

    private void useTokensAndKeys(ConfigurableApplicationContext server) throws Exception {
        InetSocketAddress gateway = server.getBean(GatewayEndpoint.class).address();
        CredentialIssuer issuer = server.getBean(CredentialIssuer.class);
        ContentKeys keys = server.getBean(ContentKeys.class);
        String token = secret("token", issuer, alice, null);
        String bound = secret("token for a device", issuer, bob, "iphone");
        String revoked = secret("revoked token", issuer, alice, null);
        result(issuer.revoke(alice, revoked));
        secrets.put("alice's key", result(keys.obtain(alice)).base64());
        secrets.put("bob's key", result(keys.obtain(bob)).base64());

        for (String wrong : new String[] {GUESS, revoked, bound}) {
            try (WireClient refused = new WireClient(gateway, PASS_PHRASE)) {
                assertThat(refused.signIn(alice, wrong, "web").path("status").asInt())
                        .isEqualTo(401);
            }
        }
        try (WireClient broken = new WireClient(gateway, PASS_PHRASE)) {
            broken.send(WireClient.AUTH, "{\"token\":\"" + BROKEN + "\",\"user_id\":[");
            broken.readToEnd();
        }
        try (WireClient stranger = new WireClient(gateway, OTHER_PASS_PHRASE)) {
            stranger.send(WireClient.AUTH, object().put("token", UNREADABLE));
            stranger.readToEnd();
        }
        try (WireClient a = new WireClient(gateway, PASS_PHRASE);
                WireClient b = new WireClient(gateway, PASS_PHRASE)) {
            assertThat(a.signIn(alice, token, "web", secrets.get("alice's key"))
                            .path("status")
                            .asInt())
                    .isEqualTo(200);
            assertThat(b.signIn(bob, bound, "iphone", secrets.get("bob's key"))
                            .path("status")
                            .asInt())
                    .isEqualTo(200);
            assertThat(a.say(alice, MessagingScenarios.newUser(), CONTENT)
                            .path("status")
                            .asInt())
                    .as("to somebody offline")
                    .isEqualTo(200);
            assertThat(a.say(alice, bob, CONTENT).path("status").asInt()).isEqualTo(200);
            JsonNode message = b.expect(NEW_MESSAGE).path("msg");
            assertThat(message.path("content").asString()).isEqualTo(CONTENT);
            assertThat(b.pull(bob, alice, -1, 0, 10).path("msgs")).hasSize(1);
            a.send(SEND, "{\"user_id\":\"" + alice + "\",\"msg\":{\"content\":\"" + CONTENT);
            assertThat(a.expect(SEND_RESPONSE).path("status").asInt()).isEqualTo(400);
            b.sendBytes(WireClient.staticFrame(SEND, "{\"content\":\"" + UNREADABLE + "\"}"));
            b.readToEnd();
        }
        result(issuer.revokeAll(alice));
    }

    private String secret(String name, CredentialIssuer issuer, long user, String device) {
        String token = result(issuer.issue(user, device, Duration.ofHours(1))).token();
        secrets.put(name, token);
        return token;
    }

    private void useJsonWebTokens(RedisEngine redis) throws IOException {
        String right = JsonWebTokens.sign(
                JsonWebTokens.header("HS256"), JsonWebTokens.claims(alice), JsonWebTokens.secret(JWT_SECRET));
        String wrong = JsonWebTokens.sign(
                JsonWebTokens.header("HS256"), JsonWebTokens.claims(alice), JsonWebTokens.secret("another"));
        secrets.put("JWT", right.substring(right.lastIndexOf('.') + 1));
        secrets.put("wrong JWT", wrong.substring(wrong.lastIndexOf('.') + 1));
        try (GatewaySlice slice = new GatewaySlice(
                redis,
                "linbox.credential.mode",
                "jwt",
                "linbox.credential.jwt.secret",
                JWT_SECRET,
                "linbox.credential.jwt.audience",
                "chat",
                "linbox.gateway.v1-key",
                PASS_PHRASE)) {
            for (String token : new String[] {right, wrong}) {
                try (WireClient client = new WireClient(slice.clients(), PASS_PHRASE)) {
                    assertThat(client.signIn(alice, token, "web").path("status").asInt())
                            .isEqualTo(token.equals(right) ? 200 : 401);
                }
            }
        }
    }

    private static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
