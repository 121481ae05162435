package com.linbox.gateway;

import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.RECONNECT;
import static com.linbox.testing.WireClient.SEND;
import static com.linbox.testing.WireClient.SEND_RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linbox.outbox.Delivery;
import com.linbox.protocol.PacketType;
import com.linbox.testing.WireClient;
import com.linbox.tracing.Tracing;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that stops sends its clients away without losing anything. */
@Timeout(60)
class DrainTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aClientOfVersion2IsToldAndServedUntilItLeaves() throws Exception {
        try (TestGateway gateway = new TestGateway("gateway.drain", "10m").start();
                WireClient client = WireClient.ofVersion2(gateway.clients()).signedInAs(7)) {
            CompletableFuture<Void> stopped = gateway.stop();
            var told = client.expect(RECONNECT);
            assertThat(told.path("user_id").asString()).isEqualTo("7");
            assertThat(told.path("delay").asLong()).isBetween(0L, 10L);

            assertThat(client.say(7, 8, "still here").path("status").asInt()).isEqualTo(200);
            push(gateway, 7, "{\"user_id\":\"7\"}");
            client.expect(NEW_MESSAGE);
            assertThat(gateway.signedOut()).isEmpty();

            client.close();
            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(gateway.signedOut()).containsExactly(7L);
            assertThat(gateway.closed(CloseCause.CLIENT_CLOSED)).isEqualTo(1);
        }
    }

    @Test
    void aClientThatDoesNotKnowThePacketIsClosedAfterItsDelay() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WireClient recent = WireClient.ofVersion2(gateway.clients()).signedInAs(7)) {
            CompletableFuture<Void> stopped = gateway.stop();
            assertThat(recent.readToEnd()).extracting(WireClient.Received::type).containsExactly(RECONNECT);
            recent.close();

            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(gateway.closed(CloseCause.SERVER_STOPPING)).isEqualTo(1);
            assertThat(gateway.signedOut()).containsExactly(7L);
        }
    }

    /** To them OfflineInfo means that they are signed out, and they would not come back. */
    @Test
    void aClientOfVersion1IsClosedWithoutAWordOfIt() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WireClient old = new WireClient(gateway.clients()).signedInAs(7)) {
            CompletableFuture<Void> stopped = gateway.stop();
            assertThat(old.readToEnd()).isEmpty();
            old.close();
            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void whatWasAskedForBeforeIsAnsweredBeforeTheConnectionEnds() throws Exception {
        try (TestGateway gateway = new TestGateway("gateway.drain", "0s").start();
                WireClient old = new WireClient(gateway.clients()).signedInAs(7)) {
            gateway.log.holdAnswers();
            old.send(SEND, WireClient.message(7, 8, 1, "on its way"));
            await().atMost(SOON).until(() -> gateway.log.taken.get() == 1);

            CompletableFuture<Void> stopped = gateway.stop();
            await().atMost(SOON).until(() -> isDeaf(gateway, 7));
            old.send(SEND, WireClient.message(7, 8, 2, "too late"));
            gateway.log.releaseAnswers();

            var last = new ArrayList<>(old.readToEnd());
            assertThat(last).extracting(WireClient.Received::type).containsExactly(SEND_RESPONSE);
            assertThat(last.get(0).json().path("r_id").asLong()).isEqualTo(1);
            old.close();
            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(gateway.log.taken).hasValue(1);
        }
    }

    @Test
    void anAnswerThatDoesNotComeHoldsNothingUpForLong() throws Exception {
        try (TestGateway gateway = new TestGateway("gateway.drain", "0s").start();
                WireClient old = new WireClient(gateway.clients()).signedInAs(7)) {
            gateway.log.holdAnswers();
            old.send(SEND, WireClient.message(7, 8, 1, "for ever on its way"));
            await().atMost(SOON).until(() -> gateway.log.taken.get() == 1);

            CompletableFuture<Void> stopped = gateway.stop();
            // Nor does a client that neither reads nor leaves.
            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(old.readToEnd()).isEmpty();
            assertThat(gateway.signedOut()).containsExactly(7L);
        }
    }

    @Test
    void nobodyComesInAndOthersHearOfIt() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WireClient staying = WireClient.ofVersion2(gateway.clients()).signedInAs(7);
                WireClient hesitant = WireClient.ofVersion2(gateway.clients())) {
            await().atMost(SOON).until(() -> gateway.announced() != null && gateway.open() == 2);
            InetSocketAddress address = gateway.clients();
            CompletableFuture<Void> stopped = gateway.stop();
            staying.expect(RECONNECT);

            await().atMost(SOON).until(() -> gateway.announced().leaving());
            await().atMost(SOON).untilAsserted(() -> assertThatThrownBy(() -> new WireClient(address).close())
                    .isInstanceOf(ConnectException.class));
            hesitant.send(
                    WireClient.AUTH,
                    WireClient.object().put("user_id", "8").put("token", "any").put("device", "test"));
            assertThat(hesitant.readToEnd()).isEmpty();

            staying.close();
            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(gateway.announced()).isNull();
        }
    }

    @Test
    void manyClientsAreToldToLeaveOneAfterAnother() throws Exception {
        int clients = 60;
        try (TestGateway gateway = new TestGateway().start()) {
            List<WireClient> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(WireClient.ofVersion2(gateway.clients()).signedInAs(i + 1));
            }
            CompletableFuture<Void> stopped = gateway.stop();
            Set<Long> delays = new HashSet<>();
            for (WireClient client : all) {
                delays.add(client.expect(RECONNECT).path("delay").asLong());
                client.close();
            }
            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);

            // Two hundred a second.
            assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(0L, 300L));
            assertThat(delays).hasSizeGreaterThan(20);
        }
    }

    @Test
    void theSettingIsTheMostThatAClientIsGiven() throws Exception {
        try (TestGateway gateway = new TestGateway("gateway.drain", "0s").start();
                WireClient client = WireClient.ofVersion2(gateway.clients()).signedInAs(7)) {
            CompletableFuture<Void> stopped = gateway.stop();
            assertThat(client.expect(RECONNECT).path("delay").asLong()).isZero();
            client.close();
            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static boolean isDeaf(TestGateway gateway, long user) throws Exception {
        Connection connection = connectionOf(gateway, user);
        return connection.channel().eventLoop().submit(connection::isDeaf).get();
    }

    private static void push(TestGateway gateway, long user, String json) {
        new DeliveryDispatcher(
                        gateway.services.connections(),
                        gateway.services.meters(),
                        Tracing.OFF,
                        gateway.services.clock())
                .accept(List.of(new Delivery.Push(
                        connectionOf(gateway, user).id(),
                        PacketType.NEW_MESSAGE,
                        json.getBytes(StandardCharsets.UTF_8))));
    }

    private static Connection connectionOf(TestGateway gateway, long user) {
        return gateway.services.connections().all().stream()
                .filter(connection -> connection.session().userId() == user)
                .findFirst()
                .orElseThrow();
    }
}
