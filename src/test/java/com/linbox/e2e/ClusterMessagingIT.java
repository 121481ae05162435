package com.linbox.e2e;

import static com.linbox.testing.WireClient.PRESENCE_CHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.message.Conversation;
import com.linbox.protocol.ProtocolVersion;
import com.linbox.testing.BackEnd;
import com.linbox.testing.KafkaEngine;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.TraceCollector;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two gateways and two routers as separate processes on Kafka, ZooKeeper, Redis and a real MySQL or MariaDB. */
@WithEngines({KafkaEngine.class, ZooKeeperEngine.class, RedisEngine.class, MariaDbEngine.class})
class ClusterMessagingIT extends MessagingScenarios {

    private static Cluster cluster;
    private static TraceCollector collector;

    @BeforeAll
    static void startCluster(KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb)
            throws Exception {
        collector = new TraceCollector();
        cluster = Cluster.start(
                kafka,
                zooKeeper,
                redis,
                mariaDb,
                Map.of("linbox.tracing.endpoint", collector.endpoint(), "linbox.tracing.sampling", "0"));
    }

    @AfterAll
    static void stopCluster() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        collector.close();
    }

    @Override
    protected InetSocketAddress gateway(int number) {
        return cluster.gateway(number);
    }

    @Test
    void aMessageIsRecalledForTwoMinutesAndEditedForFifteen() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (Device a = Device.signedIn(gateway(0), alice)) {
            a.client().say(alice, bob, "once");
            GroupScenarios.status(200, change(a, bob, "edit"));
            backdate(alice, bob, Duration.ofSeconds(125));
            GroupScenarios.status(403, change(a, bob, "recall"));
            GroupScenarios.status(200, change(a, bob, "edit"));
            backdate(alice, bob, Duration.ofMinutes(13));
            JsonNode late = change(a, bob, "edit");
            GroupScenarios.status(403, late);
            assertThat(late.path("err_msg").asString()).contains("older than 900 seconds");
        }
    }

    @Test
    void aMessageIsOneTraceAndHasOneNameInTheLogsOfAllRoles(ZooKeeperEngine zooKeeper) throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (OperatorNodes operator = new OperatorNodes(zooKeeper);
                WireClient a = WireClient.signedIn(gateway(0), alice);
                WireClient b = WireClient.signedIn(gateway(1), bob)) {
            operator.set("linbox.tracing.sampling", "1");
            operator.set("logging.level.com.linbox.tracing.Trail", "debug");
            // All processes have the settings soon, one after the other.
            AtomicLong requestId = new AtomicLong();
            String traceId = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                String trace = traceIn(cluster.gatewayOutput(1), alice, requestId.get());
                                if (trace == null) {
                                    requestId.set(a.say(alice, bob, "traced")
                                            .path("r_id")
                                            .asLong());
                                }
                                return trace;
                            },
                            Objects::nonNull);

            assertThat(traceIn(cluster.gatewayOutput(0), alice, requestId.get()))
                    .isEqualTo(traceId);
            assertThat(traceIn(cluster.routersOutput(), alice, requestId.get())).isEqualTo(traceId);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(collector.trace(traceId))
                    .extracting(TraceCollector.Collected::name)
                    .containsExactlyInAnyOrder(
                            "gateway request", "router handle", "router store", "gateway deliver", "gateway deliver"));
            Map<String, TraceCollector.Collected> byId = collector.trace(traceId).stream()
                    .collect(Collectors.toMap(TraceCollector.Collected::spanId, span -> span));
            for (TraceCollector.Collected span : byId.values()) {
                String parent = span.parentId().isEmpty()
                        ? ""
                        : byId.get(span.parentId()).name();
                assertThat(parent)
                        .as(span.name())
                        .isEqualTo(
                                switch (span.name()) {
                                    case "gateway request" -> "";
                                    case "router handle" -> "gateway request";
                                    default -> "router handle";
                                });
                assertThat(span.service()).startsWith("linbox-" + span.name().split(" ")[0]);
            }
        }
    }

    @Test
    void whatABackEndAsksForBelongsToTheBackEndsOwnTrace() throws Exception {
        String traceId = "0af7651916cd43dd8448eb211c80319c";
        long alice = newUser();

        cluster.backEnd()
                .call(
                        "MessageService/send",
                        "{'senderId':'%d','recipientId':'%d','requestId':'1','content':'hello'}"
                                .formatted(alice, newUser()),
                        "traceparent",
                        "00-" + traceId + "-b7ad6b7169203331-01");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(collector.trace(traceId))
                .extracting(TraceCollector.Collected::name)
                // The second is of the note that the recipient is offline.
                .containsExactlyInAnyOrder("rpc call", "router handle", "router store", "router handle"));
        assertThat(collector.trace(traceId))
                .filteredOn(span -> span.name().equals("rpc call"))
                .extracting(TraceCollector.Collected::parentId)
                .containsExactly("b7ad6b7169203331");
    }

    /** The trace that a log names beside a request, null where it does not name the request, or no trace. */
    private static String traceIn(String log, long user, long requestId) {
        Matcher line = Pattern.compile("<" + user + "/" + requestId + " ([0-9a-f]{32})> ")
                .matcher(log);
        return line.find() ? line.group(1) : null;
    }

    private static JsonNode change(Device device, long partner, String action) throws Exception {
        return device.ask(
                Device.CHANGE_MSG,
                WireClient.object()
                        .put("remote_id", Long.toString(partner))
                        .put("type", 2)
                        .put("msg_id", 1)
                        .put("action", action)
                        .put("content", "another text"));
    }

    /** Makes the conversation's messages older than they are. */
    private static void backdate(long one, long other, Duration by) throws Exception {
        try (Connection connection = cluster.database().connect();
                PreparedStatement statement = connection.prepareStatement(
                        "UPDATE im_session_message SET SendTime = SendTime - ? WHERE SessionId = ?")) {
            statement.setLong(1, by.toMillis());
            statement.setString(2, new Conversation.Session(one, other).key());
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    @Test
    void usersOfAGatewayThatIsKilledAreToldToBeOffline() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient a = WireClient.ofVersion2(gateway(0)).signedInAs(alice);
                WireClient b = WireClient.signedIn(gateway(1), bob)) {
            assertThat(a.subscribePresence(alice, bob)
                            .path("users")
                            .get(0)
                            .path("online")
                            .asBoolean())
                    .isTrue();

            cluster.killGateway(1);
            try {
                JsonNode went = a.expect(PRESENCE_CHANGED);
                assertThat(went.path("remote_id").asString()).isEqualTo(Long.toString(bob));
                assertThat(went.path("online").asBoolean()).isFalse();
            } finally {
                cluster.replaceGateway(1);
            }
        }
    }

    @Test
    void aSignInThatIsReadLateDoesNotTakeThePlaceOfALaterOne() throws Exception {
        long alice = newUser();
        cluster.suspendGateway(1);
        WireClient givenUp = WireClient.ofVersion2(gateway(1));
        givenUp.send(
                WireClient.AUTH,
                WireClient.object()
                        .put("r_id", givenUp.newRequestId())
                        .put("user_id", Long.toString(alice))
                        .put("token", "any")
                        .put("device", "test"));
        givenUp.close();
        try (WireClient elsewhere = WireClient.ofVersion2(gateway(0)).signedInAs(alice)) {
            cluster.resumeGateway(1);
            // By the time that some who come later are let in, by each of its threads, what came before has been looked
            // at.
            for (int i = 0; i < 8; i++) {
                WireClient.signedIn(gateway(1), newUser()).close();
            }
            assertThat(elsewhere.soFar(alice, WireClient.OFFLINE_INFO)).isEmpty();
            assertThat(elsewhere.syncUnread(alice, 0, 10).path("status").asInt())
                    .isEqualTo(200);
        } finally {
            cluster.resumeGateway(1);
        }
    }

    @Test
    void gatewayStoppedInMidLoadSendsItsClientsToTheOtherAndLosesNothing() throws Exception {
        long watcher = newUser();
        long old = newUser();
        List<InetSocketAddress> both = List.of(gateway(0), gateway(1));
        try (Load load = new Load(20, n -> n % 2 == 0 ? both : List.of(both.get(1), both.get(0)), ProtocolVersion.V2);
                WireClient w = WireClient.ofVersion2(gateway(0)).signedInAs(watcher);
                WireClient o = WireClient.signedIn(gateway(1), old)) {
            load.start();
            w.subscribePresence(watcher, old);
            load.awaitAcked(500);
            try {
                CompletableFuture<Void> stopped = inBackground(() -> cluster.stopGateway(1));
                assertThat(o.readToEnd()).as("version 1 is told nothing").isEmpty();
                o.close();
                JsonNode went = w.expect(PRESENCE_CHANGED);
                assertThat(went.path("online").asBoolean()).isFalse();
                stopped.get(20, TimeUnit.SECONDS);

                assertThat(cluster.backEnd()
                                .call("GatewayService/gateways", "{}")
                                .toString())
                        .doesNotContain("\"port\":" + both.get(1).getPort());
                load.awaitAcked(load.acked() + 500);
                assertThat(load.lost()).as("connections lost").isZero();
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(load.restored())
                        .as("who was there is elsewhere")
                        .isEqualTo(20));
                assertThat(sessionsOf(load.users())).as("one for each").isEqualTo(40);
            } finally {
                cluster.replaceGateway(1);
            }
            load.stopAndAwaitAnswers(Duration.ofMinutes(2));
            load.checkDatabase(cluster.database());
            load.checkReceivers();
        }
    }

    private static int sessionsOf(List<Long> users) throws Exception {
        String ids = users.stream().map(user -> "'" + user + "'").collect(Collectors.joining(","));
        JsonNode answer = cluster.backEnd().call("PresenceService/online", "{'userIds':[" + ids + "]}");
        int sessions = 0;
        for (JsonNode user : answer.path("users")) {
            sessions += user.path("sessions").size();
        }
        return sessions;
    }

    private static CompletableFuture<Void> inBackground(ThrowingRunnable task) {
        return CompletableFuture.runAsync(() -> {
            try {
                task.run();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private interface ThrowingRunnable {

        void run() throws Exception;
    }

    @Test
    void routerKilledInMidLoadLosesNothing() throws Exception {
        try (Load load = new Load(20, number -> cluster.gateway(number % 2))) {
            load.start();
            load.awaitAcked(1_000);
            cluster.killRouter(0);
            long ackedAtTheKill = load.acked();
            // Both what the dead router had in hand and what is sent afterwards gets through.
            load.awaitAcked(ackedAtTheKill + 2_000);
            cluster.replaceRouter(0);
            load.awaitAcked(load.acked() + 1_000);
            load.stopAndAwaitAnswers(Duration.ofMinutes(2));

            load.checkDatabase(cluster.database());
            load.checkReceivers();
        }
    }

    @Nested
    class InGroups extends GroupScenarios {

        @Override
        protected InetSocketAddress gateway(int number) {
            return cluster.gateway(number);
        }
    }

    @Nested
    class OfVersionTwo extends VersionTwoScenarios {

        @Override
        protected InetSocketAddress gateway(int number) {
            return cluster.gateway(number);
        }
    }

    @Nested
    class UnreadCounts extends UnreadScenarios {

        @Override
        protected InetSocketAddress gateway(int number) {
            return cluster.gateway(number);
        }
    }

    @Nested
    class WithABackEnd extends SystemMessageScenarios {

        @Override
        protected InetSocketAddress gateway(int number) {
            return cluster.gateway(number);
        }

        @Override
        protected BackEnd backEnd() {
            return cluster.backEnd();
        }
    }
}
