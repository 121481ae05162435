package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.protocol.PacketType;
import com.linbox.testing.WebSocketBytes;
import com.linbox.testing.WebSocketClient;
import com.linbox.testing.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one client, or many, can take of a gateway by WebSocket. */
@Timeout(60)
class WebSocketLimitsTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String REQUEST = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String SIGN_IN = "{\"packet\":\"AuthRequest\",\"r_id\":1,\"user_id\":\"7\",\"token\":\"t\"}";

    /** A client of bytes. */
    private static Socket raw(InetSocketAddress gateway, String... sent) throws IOException {
        Socket socket = new Socket(gateway.getAddress(), gateway.getPort());
        socket.setSoTimeout((int) SOON.toMillis());
        for (String part : sent) {
            socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
        }
        return socket;
    }

    @Test
    void whoeverDoesNotSignInInTimeIsClosedHoweverFarTheyHaveCome() throws Exception {
        int each = 25;
        try (TestGateway gateway = new TestGateway("gateway.auth-timeout", "700ms").start()) {
            List<Socket> all = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                all.add(raw(gateway.webSocketClients()));
                all.add(raw(gateway.webSocketClients(), "GET /ws HT"));
                all.add(raw(gateway.webSocketClients(), REQUEST));
                all.add(raw(gateway.webSocketClients(), REQUEST + "\r\n"));
            }
            for (Socket one : all) {
                byte[] said = one.getInputStream().readAllBytes();
                if (said.length > 0) {
                    // The answer to the handshake, then the close frame: 1008.
                    assertThat(new String(said, StandardCharsets.ISO_8859_1))
                            .startsWith("HTTP/1.1 101")
                            .endsWith("\u0088\u0002\u0003\u00f0");
                }
                one.close();
            }
            await().atMost(SOON).until(() -> gateway.open() == 0);
            assertThat(gateway.closed(CloseCause.SIGN_IN_TOO_SLOW)).isEqualTo(4 * each);
        }
    }

    /** Slow loris: what comes drop by drop holds nothing up. */
    @Test
    void aRequestThatNeverEndsEndsWithTheSignInsTime() throws Exception {
        try (TestGateway gateway = new TestGateway("gateway.auth-timeout", "500ms").start();
                Socket slow = raw(gateway.webSocketClients(), REQUEST)) {
            slow.setSoTimeout(50);
            int drops = 0;
            while (gateway.closed(CloseCause.SIGN_IN_TOO_SLOW) == 0 && drops < 400) {
                try {
                    slow.getOutputStream().write("X-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
                    drops++;
                    if (slow.getInputStream().read() < 0) {
                        break;
                    }
                } catch (SocketTimeoutException nothingYet) {
                    // On with it.
                } catch (IOException closed) {
                    break;
                }
            }
            assertThat(drops).isGreaterThan(1).isLessThan(400);
            await().atMost(SOON).until(() -> gateway.closed(CloseCause.SIGN_IN_TOO_SLOW) == 1);
        }
    }

    @Test
    void connectionsAreCountedWithThoseOfTcp() throws Exception {
        try (TestGateway gateway = new TestGateway("limits.connections-per-address", "2").start();
                WireClient tcp = WireClient.ofVersion2(gateway.clients()).signedInAs(7);
                WebSocketClient ws =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(8);
                Socket third = raw(gateway.webSocketClients())) {
            assertThat(third.getInputStream().read()).isEqualTo(-1);
            assertThat(gateway.closed(CloseCause.TOO_MANY_FROM_ADDRESS)).isEqualTo(1);
            // The third one is counted out a moment after its client has seen the end.
            await().atMost(SOON).untilAsserted(() -> assertThat(gateway.registry
                            .get("linbox.gateway.connections.by.transport")
                            .tag("transport", "ws")
                            .gauge()
                            .value())
                    .isEqualTo(1));
            assertThat(ws.say(8, 7, "hello").path("status").asInt()).isEqualTo(200);
            assertThat(tcp.say(7, 8, "hello").path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void requestsOverTheRateAreRefused() {
        try (TestGateway gateway = new TestGateway("limits.request-rate", "1", "limits.request-burst", "2").start();
                WebSocketClient client =
                        WebSocketClient.connect(gateway.webSocketClients()).signedInAs(7)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                statuses.add(client.say(7, 8, "hello").path("status").asInt());
            }
            assertThat(statuses).startsWith(200, 200).contains(429);
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutOff() throws Exception {
        try (TestGateway gateway = new TestGateway("limits.max-queued", "64KB").start();
                WebSocketClient client = WebSocketClient.connect(gateway.webSocketClients())) {
            client.readNoMore();
            client.signIn(7, "web");
            Connection connection =
                    gateway.services.connections().all().iterator().next();
            byte[] json = ("{\"x\":\"" + "y".repeat(60_000) + "\"}").getBytes(StandardCharsets.UTF_8);
            await().atMost(SOON).until(() -> {
                connection
                        .channel()
                        .eventLoop()
                        .submit(() -> connection.write(PacketType.NEW_MESSAGE, json))
                        .get();
                return gateway.closed(CloseCause.SLOW_READER) == 1;
            });
            await().atMost(SOON).until(() -> gateway.open() == 0);
        }
    }

    /** Pongs too are something to be read. */
    @Test
    void pingsFromAClientThatDoesNotReadPileUpNoPongs() throws Exception {
        TestGateway gateway = new TestGateway();
        TestChannel channel = signedIn(gateway);
        byte[] ping = WebSocketBytes.frame(0x89, new byte[125]);
        var many = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000; i++) {
            many.writeBytes(ping);
        }
        channel.receive(many.toByteArray());
        // One for all that were read at once.
        assertThat(channel.written()).hasSize(2 + 125);
        channel.finishAndReleaseAll();
    }

    @Test
    void aBombIsNotInflatedFurtherThanTheLimit() {
        TestGateway gateway = new TestGateway();
        TestChannel channel = deflating(gateway);
        byte[] bomb = deflated("x".repeat(3_000_000));
        assertThat(bomb.length).isLessThan(4_096);
        channel.receive(WebSocketBytes.frame(0xC1, bomb));
        assertThat(channel.written()).as("a stranger is told the code alone").containsExactly(0x88, 2, 0x03, 0xF1);
        assertThat(gateway.closed(CloseCause.BAD_LENGTH)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void compressionIsUsedOnlyWhereItIsNegotiated() {
        TestGateway gateway = new TestGateway();
        TestChannel channel = signedIn(gateway);
        channel.receive(WebSocketBytes.frame(0xC1, deflated("{\"packet\":\"Ping\"}")));
        assertThat(gateway.closed(CloseCause.WEB_SOCKET_VIOLATION)).isEqualTo(1);
        assertThat(new String(channel.written(), StandardCharsets.ISO_8859_1))
                .contains("OfflineInfo", "RFC 6455")
                .endsWith("\u0088\u0002\u0003\u00ea");
        channel.finishAndReleaseAll();
    }

    @Test
    void anOfferThatCannotBeAgreedToIsPassedOver() {
        for (String offer : List.of(
                "permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; unknown",
                "x-webkit-deflate-frame",
                "permessage-bzip2")) {
            assertThat(answer(offer)).as(offer).doesNotContain("sec-websocket-extensions");
        }
        for (String offer : List.of(
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate; client_max_window_bits=12",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15")) {
            assertThat(answer(offer))
                    .as(offer)
                    .contains("\r\nsec-websocket-extensions: permessage-deflate; server_no_context_takeover;"
                            + " client_no_context_takeover\r\n");
        }
    }

    private static String answer(String offer) {
        TestChannel channel = TestChannel.forWebSocket(new TestGateway(), TestChannel.LOOPBACK, TestChannel.LOOPBACK)
                .receive(REQUEST + "Sec-WebSocket-Extensions: " + offer + "\r\n\r\n");
        String answer = new String(channel.written(), StandardCharsets.US_ASCII);
        channel.finishAndReleaseAll();
        return answer;
    }

    private static TestChannel deflating(TestGateway gateway) {
        TestChannel channel = TestChannel.forWebSocket(gateway, TestChannel.LOOPBACK, TestChannel.LOOPBACK)
                .receive(REQUEST + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
        channel.written();
        return channel;
    }

    private static TestChannel signedIn(TestGateway gateway) {
        TestChannel channel = TestChannel.forWebSocket(gateway, TestChannel.LOOPBACK, TestChannel.LOOPBACK)
                .receive(REQUEST + "\r\n")
                .receive(WebSocketBytes.text(SIGN_IN));
        channel.written();
        return channel;
    }

    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        byte[] out = new byte[20_000];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return java.util.Arrays.copyOf(out, length - 4);
    }
}
