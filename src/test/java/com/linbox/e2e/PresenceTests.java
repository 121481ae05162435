package com.linbox.e2e;

import static com.linbox.testing.WireClient.OFFLINE_INFO;
import static com.linbox.testing.WireClient.PING;
import static com.linbox.testing.WireClient.PONG;
import static com.linbox.testing.WireClient.PRESENCE_CHANGED;
import static com.linbox.testing.WireClient.PRESENCE_SUBSCRIBE;
import static com.linbox.testing.WireClient.PRESENCE_SUBSCRIBE_RESPONSE;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.LinboxClient;
import com.linbox.client.RefusedException;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import com.linbox.testing.GatewaySlice;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.RedisProcess;
import com.linbox.testing.TcpProxy;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What gateways tell of who is online: through sockets, with a real Redis. */
@WithEngines(RedisEngine.class)
class PresenceTests {

    private static final String[] OPEN = {"linbox.credential.mode", "open"};

    private static GatewaySlice gateway;

    private final long alice = MessagingScenarios.newUser();
    private final long bob = MessagingScenarios.newUser();
    private final long carol = MessagingScenarios.newUser();

    @BeforeAll
    static void startGateway(RedisEngine redis) {
        gateway = new GatewaySlice(redis, OPEN);
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @AfterEach
    void awaitTheEndOfAllSubscriptions() {
        Awaitility.await().until(() -> watched() == 0);
    }

    @Test
    void aSessionTellsWhichVersionOfTheProtocolItSpeaks() throws Exception {
        try (WireClient old = new WireClient(gateway.clients());
                WireClient current = WireClient.ofVersion2(gateway.clients())) {
            old.signIn(alice, "", "iphone");
            current.signIn(alice, "", "web");

            assertThat(sessions(alice))
                    .extracting(session -> session.device() + " " + session.protocol())
                    .containsExactlyInAnyOrder("iphone 1", "web 2");
        }
    }

    @Test
    void whoSubscribesIsToldHowUsersAreAndOfEveryChange(RedisEngine redis) throws Exception {
        try (GatewaySlice other = new GatewaySlice(redis, OPEN);
                WireClient a = subscriber();
                WireClient c = WireClient.signedIn(other.clients(), carol)) {
            JsonNode response = a.subscribePresence(alice, bob, carol, bob);
            assertThat(response.path("status").asInt()).isEqualTo(200);
            assertThat(response.path("user_id").asString()).isEqualTo(Long.toString(alice));
            assertThat(response.path("users").toString())
                    .isEqualTo("[{\"user_id\":\"%s\",\"online\":false},{\"user_id\":\"%s\",\"online\":true}]"
                            .formatted(bob, carol));

            long before = System.currentTimeMillis();
            try (WireClient b = WireClient.signedIn(other.clients(), bob)) {
                JsonNode change = a.expect(PRESENCE_CHANGED);
                assertThat(change.path("user_id").asString()).isEqualTo(Long.toString(alice));
                assertThat(change.path("remote_id").asString()).isEqualTo(Long.toString(bob));
                assertThat(change.path("online").asBoolean()).isTrue();
                assertThat(change.path("send_time").asLong()).isBetween(before, System.currentTimeMillis());
            }
            assertThat(change(a)).isEqualTo(bob + " off");
            c.close();
            assertThat(change(a)).isEqualTo(carol + " off");
        }
    }

    @Test
    void aUserIsOfflineWhenTheLastDeviceIsGone() throws Exception {
        try (WireClient a = subscriber();
                WireClient phone = new WireClient(gateway.clients());
                WireClient web = new WireClient(gateway.clients())) {
            a.subscribePresence(alice, bob, carol);
            phone.signIn(bob, "", "iphone");
            assertThat(change(a)).isEqualTo(bob + " on");

            web.signIn(bob, "", "web");
            phone.close();
            // Whatever would be told of Bob is told before Carol comes.
            awaitSessions(bob, 1);
            try (WireClient c = WireClient.signedIn(gateway.clients(), carol)) {
                assertThat(change(a)).isEqualTo(carol + " on");
            }
            assertThat(change(a)).isEqualTo(carol + " off");

            web.close();
            assertThat(change(a)).isEqualTo(bob + " off");
        }
    }

    @Test
    void aNewListTakesThePlaceOfTheOneBefore() throws Exception {
        try (WireClient a = subscriber();
                WireClient b = WireClient.signedIn(gateway.clients(), bob)) {
            a.subscribePresence(alice, bob);
            assertThat(a.subscribePresence(alice, carol).path("users").toString())
                    .isEqualTo("[{\"user_id\":\"%s\",\"online\":false}]".formatted(carol));
            b.close();
            awaitSessions(bob, 0);
            try (WireClient c = WireClient.signedIn(gateway.clients(), carol)) {
                assertThat(change(a)).isEqualTo(carol + " on");
            }
            assertThat(change(a)).isEqualTo(carol + " off");

            JsonNode none = a.subscribePresence(alice);
            assertThat(none.path("status").asInt()).isEqualTo(200);
            assertThat(none.path("users")).isEmpty();
            assertThat(watched()).isZero();
        }
    }

    @Test
    void twoWhoWantToKnowOfTheSameUserAreBothToldAndOneMayLeave() throws Exception {
        try (WireClient a = subscriber();
                WireClient c = WireClient.ofVersion2(gateway.clients()).signedInAs(carol)) {
            a.subscribePresence(alice, bob);
            c.subscribePresence(carol, bob);
            assertThat(watched()).isEqualTo(1);
            try (WireClient b = WireClient.signedIn(gateway.clients(), bob)) {
                assertThat(change(a)).isEqualTo(bob + " on");
                assertThat(change(c)).isEqualTo(bob + " on");
                c.close();
                awaitSessions(carol, 0);
            }
            assertThat(change(a)).isEqualTo(bob + " off");
        }
    }

    @Test
    void nothingIsKeptOfAConnectionThatHasEnded() throws Exception {
        long[] users = LongStream.range(bob + 1_000_000, bob + 1_000_500).toArray();
        try (WireClient a = subscriber()) {
            assertThat(a.subscribePresence(alice, users).path("users")).hasSize(500);
            assertThat(watched()).isEqualTo(500);
        }
        Awaitility.await().until(() -> watched() == 0);
    }

    @Test
    void whatIsWrongIsRefusedAndTheListBeforeStays() throws Exception {
        try (WireClient a = subscriber();
                WireClient version1 = WireClient.signedIn(gateway.clients(), carol)) {
            a.subscribePresence(alice, bob);

            assertRefused(a, 400, "users: x (", alice, "[\"x\"]");
            assertRefused(a, 400, "users: 0 (", alice, "[0]");
            assertRefused(a, 400, "users: missing", alice, "[null]");
            assertRefused(a, 400, "users", alice, "{}");
            assertRefused(a, 403, "", carol, "[5]");
            long[] tooMany = LongStream.rangeClosed(1, 501).toArray();
            assertRefused(a, 400, "users: 501 (expected: at most 500)", alice, Arrays.toString(tooMany));
            try (WireClient b = WireClient.signedIn(gateway.clients(), bob)) {
                assertThat(change(a)).isEqualTo(bob + " on");
            }

            version1.send(PRESENCE_SUBSCRIBE, object().put("user_id", Long.toString(carol)));
            assertThat(version1.expect(OFFLINE_INFO).path("reason").asString()).contains("28");
        }
    }

    private static void assertRefused(WireClient client, int status, String text, long user, String users)
            throws IOException {
        client.send(PRESENCE_SUBSCRIBE, "{\"r_id\":5,\"user_id\":\"" + user + "\",\"users\":" + users + "}");
        JsonNode response = client.expect(PRESENCE_SUBSCRIBE_RESPONSE);
        assertThat(response.path("status").asInt()).isEqualTo(status);
        assertThat(response.path("err_msg").asString()).contains(text);
        assertThat(response.path("users").isMissingNode()).isTrue();
    }

    @Test
    void aLimitHoldsForUsersAndNotOnlyForRequests(RedisEngine redis) throws Exception {
        try (GatewaySlice strict = new GatewaySlice(
                        redis, "linbox.credential.mode", "open", "linbox.limits.presence-subscriptions", "10");
                WireClient a = WireClient.ofVersion2(strict.clients()).signedInAs(alice)) {
            long[] users = LongStream.rangeClosed(1, 10).toArray();
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                statuses.add(a.subscribePresence(alice, users).path("status").asInt());
            }

            assertThat(statuses).startsWith(200, 200, 200, 200).contains(429);
            assertThat(a.subscribePresence(alice).path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void usersOfAGatewayThatDiedWithoutAWordAreTold(RedisEngine redis) throws Exception {
        try (GatewaySlice dying = new GatewaySlice(redis, OPEN);
                WireClient a = subscriber();
                WireClient b = WireClient.signedIn(dying.clients(), bob)) {
            a.subscribePresence(alice, bob);
            String id = sessions(bob).get(0).gatewayId();

            gateway.takeForGone(id);
            assertThat(change(a)).isEqualTo(bob + " off");

            // A mistake, as it turns out.
            gateway.takeForLiving(id);
            assertThat(change(a)).isEqualTo(bob + " on");
        }
    }

    @Test
    void whatHappenedWhileTheLogWasLostIsToldToo() throws Exception {
        try (WireClient a = subscriber();
                WireClient b = WireClient.signedIn(gateway.clients(), bob)) {
            a.subscribePresence(alice, bob, carol);
            await(gateway.bean(RedisConnections.class)
                    .send(commands -> commands.del("linbox:sessions:{" + bob + "}", "linbox:presence:changes")));
            assertThat(change(a)).isEqualTo(bob + " off");

            try (WireClient c = WireClient.signedIn(gateway.clients(), carol)) {
                assertThat(change(a)).isEqualTo(carol + " on");
            }
        }
    }

    @Test
    void ofAUserWhoComesAndGoesInHasteTheEndIsToldRight() throws Exception {
        try (WireClient a = subscriber()) {
            a.subscribePresence(alice, bob);
            for (int i = 0; i < 30; i++) {
                WireClient.signedIn(gateway.clients(), bob).close();
            }
            try (WireClient b = WireClient.signedIn(gateway.clients(), bob)) {
                awaitSessions(bob, 1);
                // The answer comes after all that was told before.
                assertThat(a.subscribePresence(alice, bob).path("users").toString())
                        .contains("true");
                assertAlternating(a, alice, true);
            }
            assertThat(change(a)).isEqualTo(bob + " off");
        }
    }

    /** Only real changes are told, and the last one is how the user is now. */
    private static void assertAlternating(WireClient client, long user, boolean last) throws IOException {
        boolean online = false;
        for (JsonNode change : client.soFar(user, PRESENCE_CHANGED)) {
            assertThat(change.path("online").asBoolean()).isEqualTo(!online);
            online = !online;
        }
        assertThat(online).isEqualTo(last);
    }

    @Test
    void whileRedisIsAwaySubscribersAreToldSoAndWhatTheyHadComesBack() throws Exception {
        try (RedisProcess redis = new RedisProcess().start();
                GatewaySlice lonely = new GatewaySlice(
                        redis.properties(), "linbox.credential.mode", "open", "spring.data.redis.timeout", "300ms");
                WireClient a = WireClient.ofVersion2(lonely.clients()).signedInAs(alice)) {
            a.subscribePresence(alice, bob);
            redis.suspend();
            assertThat(a.subscribePresence(alice, carol).path("status").asInt()).isEqualTo(503);
            a.send(PING, object().put("user_id", Long.toString(alice)));
            a.expect(PONG);
            redis.resume();

            Awaitility.await().ignoreExceptions().untilAsserted(() -> {
                try (WireClient b = WireClient.signedIn(lonely.clients(), bob)) {
                    assertThat(change(a)).isEqualTo(bob + " on");
                }
            });
        }
    }

    @Test
    void theJavaClientKeepsItsSubscriptionOverReconnects() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (TcpProxy proxy = new TcpProxy("127.0.0.1", gateway.clients().getPort());
                LinboxClient client = client(proxy.port(), ProtocolVersion.V2, heard)) {
            await(client.connect());
            assertThat(await(client.subscribePresence(Set.of(bob, carol)))).isEqualTo(Map.of(bob, false, carol, false));

            WireClient b = WireClient.signedIn(gateway.clients(), bob);
            Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(bob + " on"));

            proxy.refuse();
            b.close();
            try (WireClient c = WireClient.signedIn(gateway.clients(), carol)) {
                awaitSessions(bob, 0);
                proxy.restore();
                Awaitility.await().untilAsserted(() -> assertThat(heard)
                        .hasSize(3)
                        .startsWith(bob + " on")
                        .contains(bob + " off", carol + " on"));
            }
            Awaitility.await().untilAsserted(() -> assertThat(heard).last().isEqualTo(carol + " off"));

            assertThat(await(client.subscribePresence(Set.of()))).isEmpty();
            assertThat(watched()).isZero();
        }
    }

    @Test
    void theJavaClientTellsOfARefusalAndKeepsTheListBefore() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (LinboxClient client = client(gateway.clients().getPort(), ProtocolVersion.V2, heard)) {
            await(client.connect());
            await(client.subscribePresence(Set.of(bob)));
            Set<Long> tooMany =
                    Set.copyOf(LongStream.rangeClosed(1, 501).boxed().toList());

            assertThatThrownBy(() -> await(client.subscribePresence(tooMany)))
                    .hasCauseInstanceOf(RefusedException.class)
                    .hasMessageContaining("at most 500");

            try (WireClient b = WireClient.signedIn(gateway.clients(), bob)) {
                Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(bob + " on"));
            }
        }
    }

    @Test
    void aJavaClientThatIsNotConnectedYetSubscribesOnceItIs() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (WireClient b = WireClient.signedIn(gateway.clients(), bob);
                LinboxClient client = client(gateway.clients().getPort(), ProtocolVersion.V2, heard)) {
            assertThatThrownBy(() -> await(client.subscribePresence(Set.of(bob))))
                    .hasMessageContaining("not connected");

            await(client.connect());

            Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(bob + " on"));
        }
    }

    @Test
    void aJavaClientOfVersion1IsToldThatItCannotSubscribe() throws Exception {
        try (LinboxClient client = client(gateway.clients().getPort(), ProtocolVersion.V1, new ArrayList<>())) {
            await(client.connect());

            assertThatThrownBy(() -> await(client.subscribePresence(Set.of(bob))))
                    .hasCauseInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: V2");
            assertThat(await(client.ping())).isPositive();
        }
    }

    private LinboxClient client(int port, ProtocolVersion version, List<String> heard) {
        ClientSettings settings = ClientSettings.of("127.0.0.1", port, alice)
                .version(version)
                // Unread messages are of no interest, and nobody answers for them.
                .requestTimeout(Duration.ofMillis(500))
                .reconnect(Duration.ofMillis(10), Duration.ofMillis(50))
                .build();
        return LinboxClient.create(settings, new ClientListener() {
            @Override
            public void presence(long userId, boolean online) {
                heard.add(userId + (online ? " on" : " off"));
            }
        });
    }

    private WireClient subscriber() throws IOException {
        return WireClient.ofVersion2(gateway.clients()).signedInAs(alice);
    }

    private static String change(WireClient client) throws IOException {
        JsonNode change = client.expect(PRESENCE_CHANGED);
        return change.path("remote_id").asString() + (change.path("online").asBoolean() ? " on" : " off");
    }

    private static double watched() {
        return gateway.bean(MeterRegistry.class)
                .get("linbox.gateway.presence.watched")
                .gauge()
                .value();
    }

    private void awaitSessions(long user, int count) {
        Awaitility.await().untilAsserted(() -> assertThat(sessions(user)).hasSize(count));
    }

    private List<Session> sessions(long user) {
        try (RedisBatch batch = gateway.bean(RedisConnections.class).newBatch()) {
            CompletionStage<List<Session>> sessions =
                    gateway.bean(Presence.class).sessions(batch, user);
            batch.execute();
            return sessions.toCompletableFuture().join();
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
