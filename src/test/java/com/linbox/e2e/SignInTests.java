package com.linbox.e2e;

import static com.linbox.testing.WireClient.PING;
import static com.linbox.testing.WireClient.PONG;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.client.ClientEventLoops;
import com.linbox.client.ClientSettings;
import com.linbox.client.Connection;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.ConnectionListener;
import com.linbox.client.RefusedException;
import com.linbox.credential.ContentKeys;
import com.linbox.credential.Credential;
import com.linbox.credential.CredentialIssuer;
import com.linbox.protocol.PacketType;
import com.linbox.testing.GatewaySlice;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import io.netty.channel.EventLoopGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import tools.jackson.databind.JsonNode;

/** Who may come in, in the modes open and token, with static and dynamic keys: through sockets. */
@WithEngines(RedisEngine.class)
class SignInTests {

    private static final String MODE = "linbox.credential.mode";
    private static final String KEYS = "linbox.credential.content-keys";
    private static final String V1_KEY = "linbox.gateway.v1-key";
    private static final Duration HOUR = Duration.ofHours(1);

    private final long user = MessagingScenarios.newUser();

    @ParameterizedTest
    @ValueSource(strings = {"sixteen-letters!", "thirty-two-letters-for-a-longer!"})
    void inModeOpenAnybodyComesInWithTheInstallationsPassPhrase(String passPhrase, RedisEngine redis) throws Exception {
        try (GatewaySlice gateway = new GatewaySlice(redis, MODE, "open", V1_KEY, passPhrase);
                WireClient client = new WireClient(gateway.clients(), passPhrase)) {
            assertThat(client.signIn(user, "", "").path("status").asInt()).isEqualTo(200);
            expectAlive(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "no-such-host.invalid"})
    void inModeOpenAGatewayBeyondLoopbackDoesNotStart(String host, RedisEngine redis) {
        assertThatThrownBy(() -> new GatewaySlice(redis, MODE, "open", "linbox.gateway.host", host))
                .rootCause()
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        refusal -> assertThat(refusal.getName()).isEqualTo(MODE))
                .hasMessageContaining("linbox.gateway.host is " + host)
                .hasMessageContaining("linbox.credential.open-beyond-loopback=true");
    }

    /** It goes on to listen there, which it cannot: the address is no machine's. Tests listen on loopback only. */
    @Test
    void inModeOpenAGatewayBeyondLoopbackStartsWhereThatIsMeant(RedisEngine redis) {
        assertThatThrownBy(() -> new GatewaySlice(
                        redis,
                        MODE,
                        "open",
                        "linbox.gateway.host",
                        "192.0.2.1",
                        "linbox.credential.open-beyond-loopback",
                        "true"))
                .hasStackTraceContaining("linbox.gateway.port: 0 on 192.0.2.1 cannot be listened on");
    }

    @Test
    void inModeOpenTokensAreIssuedForTheDayWhenTheModeChanges(RedisEngine redis) throws Exception {
        String token;
        try (GatewaySlice open = new GatewaySlice(redis, MODE, "open")) {
            token = issue(open, null).token();
        }
        try (GatewaySlice gateway = new GatewaySlice(redis);
                WireClient client = new WireClient(gateway.clients())) {
            assertThat(client.signIn(user, token, "web").path("status").asInt()).isEqualTo(200);
        }
    }

    /** As the network delivers it when the client has given it up and signed in anew. */
    @Test
    void aSignInThatComesLateLeavesTheClientsLaterOneAlone(RedisEngine redis) throws Exception {
        try (GatewaySlice gateway = new GatewaySlice(redis, MODE, "open");
                WireClient first = new WireClient(gateway.clients());
                WireClient second = new WireClient(gateway.clients());
                WireClient third = new WireClient(gateway.clients())) {
            assertThat(attempt(second, 77, 2).path("status").asInt()).isEqualTo(200);

            JsonNode answer = attempt(first, 77, 1);

            assertThat(answer.path("status").asInt()).isEqualTo(503);
            assertThat(answer.path("err_msg").asString()).isEqualTo("signed in elsewhere");
            expectAlive(second);
            assertThat(gateway.counted("linbox.gateway.sign.ins", "outcome", "overtaken"))
                    .isEqualTo(1);
            assertThat(attempt(third, 77, 3).path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void whatAClientCallsItselfIsANumberFromOneOn(RedisEngine redis) throws Exception {
        try (GatewaySlice gateway = new GatewaySlice(redis, MODE, "open");
                WireClient client = new WireClient(gateway.clients())) {
            JsonNode answer = attempt(client, 0, 1);

            assertThat(answer.path("status").asInt()).isEqualTo(400);
            assertThat(answer.path("err_msg").asString()).isEqualTo("client_id: 0 (expected: >= 1)");
        }
    }

    private JsonNode attempt(WireClient client, long clientId, long attempt) throws IOException {
        client.send(
                WireClient.AUTH,
                object().put("user_id", Long.toString(user))
                        .put("token", "any")
                        .put("device", "phone")
                        .put("client_id", clientId)
                        .put("attempt", attempt));
        return client.expect(WireClient.AUTH_RESPONSE);
    }

    @Test
    void inModeTokenWhoBringsATokenComesInAndNobodyElse(RedisEngine redis) throws Exception {
        // The default mode; and no address is slowed down, so that the refusals are quick.
        try (GatewaySlice gateway = new GatewaySlice(redis, "linbox.gateway.sign-in-throttle.failures", "0")) {
            CredentialIssuer issuer = gateway.bean(CredentialIssuer.class);
            String token = issue(gateway, null).token();
            String bound = issue(gateway, "iphone").token();
            String revoked = issue(gateway, null).token();
            String expired =
                    await(issuer.issue(user, null, Duration.ofMillis(1))).token();
            assertThat(await(issuer.revoke(user, revoked))).isTrue();

            for (String[] tokenAndDevice : new String[][] {{token, "web"}, {token, ""}, {bound, "iphone"}}) {
                try (WireClient client = new WireClient(gateway.clients())) {
                    JsonNode response = client.signIn(user, tokenAndDevice[0], tokenAndDevice[1]);
                    assertThat(response.path("status").asInt()).isEqualTo(200);
                    expectAlive(client);
                }
            }
            List<Deque<WireClient.Received>> refusals = new ArrayList<>();
            refusals.add(refused(gateway, user, "made-up", "web"));
            refusals.add(refused(gateway, user, "", "web"));
            refusals.add(refused(gateway, user, expired, "web"));
            refusals.add(refused(gateway, user, revoked, "web"));
            refusals.add(refused(gateway, user, bound, "android"));
            // A user whom nobody has ever heard of.
            refusals.add(refused(gateway, MessagingScenarios.newUser(), token, "web"));
            for (Deque<WireClient.Received> refusal : refusals) {
                assertThat(refusal).as("one answer, then the end").hasSize(1);
                JsonNode answer = refusal.getFirst().json();
                assertThat(answer.path("status").asInt()).isEqualTo(401);
                assertThat(answer.path("err_msg").asString()).isEqualTo("User is not certified");
            }
            assertThat(gateway.counted("linbox.gateway.sign.ins", "outcome", "refused"))
                    .isEqualTo(6);
            assertThat(gateway.counted("linbox.credential.checks", "verdict", "admitted"))
                    .isEqualTo(3);
            assertThat(gateway.counted("linbox.credential.checks", "verdict", "unknown_token"))
                    .isEqualTo(3);
            assertThat(gateway.counted("linbox.credential.checks", "verdict", "no_token"))
                    .isEqualTo(1);
            assertThat(gateway.counted("linbox.credential.checks", "verdict", "expired"))
                    .isEqualTo(1);
            assertThat(gateway.counted("linbox.credential.checks", "verdict", "other_device"))
                    .isEqualTo(1);

            assertThat(await(issuer.revokeAll(user))).isEqualTo(2);
            assertThat(refused(gateway, user, token, "web")).hasSize(1);
        }
    }

    /** Signs in with the Java client. */
    private static void connect(ClientSettings settings) {
        EventLoopGroup group = ClientEventLoops.create(1);
        try {
            Connection.open(group, settings, new Deaf())
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join()
                    .close();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static final class Deaf implements ConnectionListener {

        @Override
        public void received(PacketType type, byte[] json) {
            // Nothing is asked for.
        }

        @Override
        public void closed(ConnectionFailedException cause) {
            // As the test will have it.
        }
    }

    private static Deque<WireClient.Received> refused(GatewaySlice gateway, long user, String token, String device)
            throws IOException {
        try (WireClient client = new WireClient(gateway.clients())) {
            client.send(
                    WireClient.AUTH,
                    object().put("user_id", Long.toString(user))
                            .put("token", token)
                            .put("device", device));
            return client.readToEnd();
        }
    }

    @ParameterizedTest
    @CsvSource({"128, 16", "256, 32"})
    void withDynamicKeysEverythingAfterTheAuthRequestIsUnderTheUsersOwn(int bits, int bytes, RedisEngine redis)
            throws Exception {
        try (GatewaySlice gateway =
                        new GatewaySlice(redis, KEYS, "dynamic", "linbox.credential.content-key-bits", "" + bits);
                WireClient client = new WireClient(gateway.clients());
                WireClient sharing = new WireClient(gateway.clients())) {
            String token = issue(gateway, null).token();
            String key = key(gateway);
            assertThat(Base64.getDecoder().decode(key)).hasSize(bytes);

            assertThat(client.signIn(user, token, "web", key).path("status").asInt())
                    .isEqualTo(200);
            expectAlive(client);

            ClientSettings settings = ClientSettings.of(
                            "127.0.0.1", gateway.clients().getPort(), user)
                    .token(token)
                    .contentKey(key)
                    .build();
            connect(settings);

            // Whoever goes on with the pass phrase is not understood.
            sharing.send(
                    WireClient.AUTH,
                    object().put("user_id", Long.toString(user)).put("token", token));
            sharing.send(PING, object().put("r_id", 1).put("user_id", Long.toString(user)));
            assertThatThrownBy(() -> sharing.expect(PONG)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void withDynamicKeysAUserWithoutACurrentKeyIsRefusedUnderThePassPhrase(RedisEngine redis) throws Exception {
        try (GatewaySlice gateway = new GatewaySlice(redis, KEYS, "dynamic")) {
            String token = issue(gateway, null).token();

            Deque<WireClient.Received> refusal = refused(gateway, user, token, "web");

            assertThat(refusal).hasSize(1);
            assertThat(refusal.getFirst().json().path("status").asInt()).isEqualTo(401);
            assertThat(refusal.getFirst().json().path("err_msg").asString()).isEqualTo("User is not certified");
            assertThat(gateway.counted("linbox.gateway.sign.ins", "outcome", "without_key"))
                    .isEqualTo(1);
            key(gateway);
            assertThat(refused(gateway, user, "made-up", "web")
                            .getFirst()
                            .json()
                            .path("status")
                            .asInt())
                    .isEqualTo(401);
            assertThatThrownBy(() -> connect(
                            ClientSettings.of("127.0.0.1", gateway.clients().getPort(), user)
                                    .token("made-up")
                                    .contentKey(key(gateway))
                                    .build()))
                    .hasRootCauseInstanceOf(RefusedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "dynamic"})
    void whatAHastyClientSendsBehindItsAuthRequestWaitsAndIsAnsweredInOrder(String keys, RedisEngine redis)
            throws Exception {
        try (GatewaySlice gateway = new GatewaySlice(redis, KEYS, keys);
                WireClient client = new WireClient(gateway.clients())) {
            String token = issue(gateway, null).token();
            var glued = new ByteArrayOutputStream();
            glued.write(client.frame(WireClient.AUTH, auth(token)));
            if (keys.equals("dynamic")) {
                client.useContentKey(key(gateway));
            }
            for (int i = 1; i <= 16; i++) {
                glued.write(client.frame(PING, "{\"r_id\":" + i + ",\"user_id\":\"" + user + "\"}"));
            }

            client.sendBytes(glued.toByteArray());

            assertThat(client.expect(WireClient.AUTH_RESPONSE).path("status").asInt())
                    .isEqualTo(200);
            for (int i = 1; i <= 16; i++) {
                assertThat(client.expect(PONG).path("r_id").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void whatIsHeldBackIsReleasedWhereTheSignInIsRefusedOrTooMuchIsSent(RedisEngine redis) throws Exception {
        try (GatewaySlice gateway = new GatewaySlice(redis)) {
            for (int pings : new int[] {5, 17}) {
                try (WireClient client = new WireClient(gateway.clients())) {
                    var glued = new ByteArrayOutputStream();
                    glued.write(client.frame(WireClient.AUTH, auth("made-up")));
                    for (int i = 0; i < pings; i++) {
                        glued.write(client.frame(PING, "{\"user_id\":\"" + user + "\"}"));
                    }
                    client.sendBytes(glued.toByteArray());
                    assertThat(client.readToEnd()).hasSize(pings == 5 ? 1 : 0);
                }
            }
            assertThat(gateway.counted("linbox.gateway.connections.closed", "cause", "too_much_before_sign_in"))
                    .isEqualTo(1);
        }
    }

    @Test
    void anAddressWhoseSignInsFailIsSlowedDownAndStillAnswered(RedisEngine redis) throws Exception {
        try (GatewaySlice gateway = new GatewaySlice(redis, "linbox.gateway.auth-timeout", "2s")) {
            for (int i = 0; i < 10; i++) {
                refused(gateway, user, "guess-" + i, "web");
            }
            assertThat(gateway.counted("linbox.gateway.sign.ins.delayed")).isZero();
            long begin = System.nanoTime();

            for (int i = 0; i < 4; i++) {
                assertThat(refused(gateway, user, "guess-more-" + i, "web")).hasSize(1);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1_500));
            assertThat(gateway.counted("linbox.gateway.sign.ins.delayed")).isEqualTo(4);
            try (WireClient client = new WireClient(gateway.clients())) {
                assertThat(client.signIn(user, issue(gateway, null).token(), "web")
                                .path("status")
                                .asInt())
                        .as("the right token, later")
                        .isEqualTo(200);
                expectAlive(client);
            }
        }
    }

    private String auth(String token) {
        return object().put("user_id", Long.toString(user)).put("token", token).toString();
    }

    private Credential issue(GatewaySlice gateway, String device) {
        return await(gateway.bean(CredentialIssuer.class).issue(user, device, HOUR));
    }

    private String key(GatewaySlice gateway) {
        return await(gateway.bean(ContentKeys.class).obtain(user)).base64();
    }

    private void expectAlive(WireClient client) throws IOException {
        client.send(PING, object().put("r_id", 12).put("user_id", Long.toString(user)));
        assertThat(client.expect(PONG).path("r_id").asInt()).isEqualTo(12);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
