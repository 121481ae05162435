package com.linbox.gateway;

import static com.linbox.testing.WebSocketClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.outbox.Delivery;
import com.linbox.protocol.PacketType;
import com.linbox.testing.WebSocketClient;
import com.linbox.testing.WireClient;
import com.linbox.tracing.Tracing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session by WebSocket, as the JDK's client has it. */
@Timeout(60)
class WebSocketTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aClientSignsInAndSends() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient client = WebSocketClient.connect(gateway.webSocketClients())) {
            client.sendText("{\"packet\":\"AuthRequest\",\"r_id\":1,\"user_id\":\"7\",\"token\":\"t\"}");
            assertThat(client.nextText())
                    .startsWith("{\"packet\":\"AuthResponse\",\"r_id\":1,\"user_id\":\"7\",\"status\":200");
            assertThat(client.say(7, 8, "hello").path("status").asInt()).isEqualTo(200);
            assertThat(gateway.services.connections().all())
                    .extracting(connection -> connection.session().protocol())
                    .containsExactly(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"packet\":\"Ping\",\"r_id\":5,\"user_id\":\"7\"}",
                "{\"packet\":13,\"r_id\":5,\"user_id\":\"7\"}",
                "{\"r_id\":5,\"user_id\":\"7\",\"packet\":\"Ping\"}",
                " { \"r_id\" : 5 , \"of\" : {\"packet\":\"AuthRequest\"} , \"packet\" : \"Ping\" , \"user_id\" : \"7\" } ",
                "{\"\\u0070acket\":\"P\\u0069ng\",\"r_id\":5,\"user_id\":\"7\"}"
            })
    void thePacketIsNamedAnywhereAtTheTopLevelByNameOrCode(String ping) {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            client.sendText(ping);
            assertThat(client.nextText()).isEqualTo("{\"packet\":\"Pong\",\"r_id\":5}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "hello",
                "{\"r_id\":5}",
                "{\"packet\":\"Pinj\",\"r_id\":5}",
                "{\"packet\":\"Pong\",\"r_id\":5}",
                "{\"packet\":99,\"r_id\":5}",
                "{\"packet\":-1}",
                "{\"packet\":4294967309}",
                "{\"packet\":null}",
                "{\"packet\":\"Ping"
            })
    void aTextThatNamesNoRequestEndsTheConnectionWithAReason(String text) throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            client.sendText(text);
            assertThat(client.expect("OfflineInfo").path("reason").asString()).startsWith("packet");
            assertThat(client.closeCode()).isEqualTo(1008);
            assertThat(gateway.closed(CloseCause.UNKNOWN_TYPE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"packet\":\"Ping\",\"r_id\":", "{\"packet\":\"Ping\",\"r_id\":{}}", "{\"packet\":\"Ping\"]"})
    void aNamedPacketWhoseJsonIsWrongIsAnsweredWith400(String text) {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            client.sendText(text);
            assertThat(client.expect("Pong").path("status").asInt()).isEqualTo(400);
            assertThat(client.say(7, 8, "still here").path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void whatComesFromElsewhereIsNamedAndCompact() {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            push(gateway, 7, "{\"user_id\":\"7\",\"type\":2}");
            assertThat(client.nextText()).isEqualTo("{\"packet\":\"NewMessage\",\"user_id\":\"7\",\"type\":2}");
            push(gateway, 7, "{}");
            assertThat(client.nextText()).isEqualTo("{\"packet\":\"NewMessage\"}");
            String longOne = "{\"user_id\":\"" + "x".repeat(100_000) + "\"}";
            push(gateway, 7, longOne);
            assertThat(client.nextText()).isEqualTo("{\"packet\":\"NewMessage\"," + longOne.substring(1));
        }
    }

    @Test
    void aMessageMayComeInFragments() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            var request = WireClient.message(7, 8, 1, "käse ".repeat(200));
            client.sendInPieces(
                    object().put("packet", "SendMsgRequest").setAll(request).toString(), 9);
            assertThat(client.expect("SendMsgResponse").path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void pingFramesAreAnsweredAndKeepTheConnection() throws Exception {
        try (TestGateway gateway = new TestGateway("gateway.idle-timeout", "1500ms").start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            long begin = System.nanoTime();
            await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
                assertThat(client.ping("there?")).isEqualTo("there?");
                return System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(4);
            });
            assertThat(gateway.open()).isEqualTo(1);
            assertThat(client.closeCode()).isEqualTo(1008);
            assertThat(gateway.closed(CloseCause.IDLE)).isEqualTo(1);
        }
    }

    @Test
    void aBinaryFrameIsRefused() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient stranger = WebSocketClient.connect(gateway.webSocketClients());
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            stranger.sendBinary(new byte[] {1});
            assertThat(stranger.closeCode()).isEqualTo(1003);
            client.sendBinary(new byte[] {1});
            assertThat(client.expect("OfflineInfo").path("reason").asString()).contains("binary");
            assertThat(client.closeCode()).isEqualTo(1003);
            assertThat(gateway.closed(CloseCause.BINARY_FRAME)).isEqualTo(2);
        }
    }

    @Test
    void aTextOverTheLimitIsRefusedHoweverItIsCut() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient stranger = WebSocketClient.connect(gateway.webSocketClients());
                WebSocketClient hasty = WebSocketClient.connect(gateway.webSocketClients());
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            stranger.sendText("x".repeat(4_097));
            assertThat(stranger.closeCode()).isEqualTo(1009);
            hasty.sendInPieces("x".repeat(4_100), 1_000);
            assertThat(hasty.closeCode()).isEqualTo(1009);

            String fits = "{\"packet\":\"Ping\",\"user_id\":\"7\",\"r_id\":5,\"x\":\"";
            client.sendText(fits + "x".repeat(65_536 - fits.length() - 2) + "\"}");
            assertThat(client.expect("Pong").has("status")).isFalse();
            client.sendInPieces(fits + "x".repeat(65_536 - fits.length() - 1) + "\"}", 20_000);
            assertThat(client.expect("OfflineInfo").path("reason").asString()).contains("length");
            assertThat(client.closeCode()).isEqualTo(1009);
            assertThat(gateway.closed(CloseCause.BAD_LENGTH)).isEqualTo(3);
        }
    }

    @Test
    void aClientThatSaysGoodByeIsAnsweredWithItsCode() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            assertThat(client.leave(1000)).isEqualTo(1000);
            await().atMost(SOON).until(() -> gateway.open() == 0);
            assertThat(gateway.closed(CloseCause.CLIENT_CLOSED)).isEqualTo(1);
            assertThat(gateway.signedOut()).containsExactly(7L);
        }
    }

    @Test
    void aGatewayThatStopsAsksToLeaveAndThenGoesAway() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            CompletableFuture<Void> stopped = gateway.stop();
            assertThat(client.expect("Reconnect").path("user_id").asString()).isEqualTo("7");
            assertThat(client.say(7, 8, "still here").path("status").asInt()).isEqualTo(200);
            assertThat(client.closeCode()).isEqualTo(1001);
            stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(gateway.closed(CloseCause.SERVER_STOPPING)).isEqualTo(1);
        }
    }

    private static void push(TestGateway gateway, long user, String json) {
        Connection connection = gateway.services.connections().all().stream()
                .filter(one -> one.session().userId() == user)
                .findFirst()
                .orElseThrow();
        new DeliveryDispatcher(
                        gateway.services.connections(),
                        gateway.services.meters(),
                        Tracing.OFF,
                        gateway.services.clock())
                .accept(List.of(new Delivery.Push(
                        connection.id(), PacketType.NEW_MESSAGE, json.getBytes(StandardCharsets.UTF_8))));
    }
}
