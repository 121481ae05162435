package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.testing.WebSocketBytes;
import com.linbox.testing.WebSocketClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may open a WebSocket, and what becomes of other requests at its port. */
class WebSocketHandshakeTests {

    private static final String HERE = "127.0.0.1";
    private static final String CLIENT = "192.0.2.7";
    private static final String SERVER = "192.0.2.1";

    /** RFC 6455, section 1.3, with its answer. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final String SIGN_IN = "{\"packet\":\"AuthRequest\",\"r_id\":1,\"user_id\":\"7\",\"token\":\"t\"}";

    private static String request(String... headers) {
        return "GET /ws?v=1 HTTP/1.1\r\nHost: localhost:9080\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n"
                + String.join(
                        "",
                        java.util.Arrays.stream(headers)
                                .map(header -> header + "\r\n")
                                .toList()) + "\r\n";
    }

    private static String answer(TestChannel channel) {
        return new String(channel.written(), StandardCharsets.ISO_8859_1);
    }

    private static void refused(TestGateway gateway, String request, String status, WebSocketHandshake.Refusal cause) {
        TestChannel channel = TestChannel.forWebSocket(gateway, HERE, HERE).receive(request);
        refused(gateway, channel, status, cause);
    }

    private static void refused(
            TestGateway gateway, TestChannel channel, String status, WebSocketHandshake.Refusal cause) {
        assertThat(answer(channel)).startsWith("HTTP/1.1 " + status).contains("\r\ncontent-length: ");
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.count("linbox.gateway.handshakes.refused", "cause", cause))
                .isEqualTo(1);
        assertThat(gateway.closed(CloseCause.HANDSHAKE_REFUSED)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void theHandshakeIsThatOfTheStandard() {
        TestChannel channel =
                TestChannel.forWebSocket(new TestGateway(), HERE, HERE).receive(request());
        assertThat(answer(channel))
                .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                        + "sec-websocket-accept: " + ACCEPT + "\r\n\r\n");
        channel.finishAndReleaseAll();
    }

    @Test
    void nothingOfTheHandshakeStaysInThePipeline() {
        TestChannel channel =
                TestChannel.forWebSocket(new TestGateway(), HERE, HERE).receive(request());
        answer(channel);
        channel.receive(WebSocketBytes.text(SIGN_IN));
        answer(channel);
        assertThat(channel.pipeline().names())
                .filteredOn(name -> !name.startsWith("DefaultChannelPipeline") && !name.startsWith("EmbeddedChannel"))
                .containsExactly(
                        "door", "frames", "web-socket", "packets", "system-messages", "rate", "requests", "end");
        channel.finishAndReleaseAll();
    }

    @Test
    void framesThatComeWithTheRequestAreNotLost() {
        TestGateway gateway = new TestGateway();
        TestChannel channel = TestChannel.forWebSocket(gateway, HERE, HERE);
        byte[] request = request().getBytes(StandardCharsets.US_ASCII);
        byte[] signIn = WebSocketBytes.text(SIGN_IN);
        byte[] both = java.util.Arrays.copyOf(request, request.length + signIn.length);
        System.arraycopy(signIn, 0, both, request.length, signIn.length);
        assertThat(answer(channel.receive(both))).contains("101", "\"status\":200");
        channel.finishAndReleaseAll();
    }

    @Test
    void theRequestMayComeByteByByte() {
        TestChannel channel = TestChannel.forWebSocket(new TestGateway(), HERE, HERE);
        for (byte one : request().getBytes(StandardCharsets.US_ASCII)) {
            channel.receive(new byte[] {one});
        }
        assertThat(answer(channel)).startsWith("HTTP/1.1 101");
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/wsx", "/ws/", "/chat", "http://localhost/ws"})
    void anotherPathIsNotFound(String path) {
        refused(new TestGateway(), request().replace("/ws?v=1", path), "404", WebSocketHandshake.Refusal.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade: websocket, X: y",
        "Upgrade: websocket, Upgrade: h2c",
        "'Connection: keep-alive, Upgrade', Connection: keep-alive",
        "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8",
        "Sec-WebSocket-Version: 13, X: y",
        "GET, POST"
    })
    void aRequestThatWantsNoWebSocketIsToldWhatIsHere(String what, String instead) {
        TestGateway gateway = new TestGateway();
        TestChannel channel =
                TestChannel.forWebSocket(gateway, HERE, HERE).receive(request().replace(what, instead));
        String answer = answer(channel);
        assertThat(answer).startsWith("HTTP/1.1 426").contains("upgrade: websocket", "sec-websocket-version: 13");
        assertThat(gateway.count(
                        "linbox.gateway.handshakes.refused", "cause", WebSocketHandshake.Refusal.NOT_WEB_SOCKET))
                .isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @CsvSource({
        KEY + ", short",
        KEY + ", dGhlIHNhbXBsZSBub25jZQA=",
        "Sec-WebSocket-Key: " + KEY + ", X: y",
        "Host: localhost:9080, X: y",
        "Host: localhost:9080, 'Host: a\r\nHost: b'",
        "HTTP/1.1, HTTP/1.0",
        "Sec-WebSocket-Version: 13, 'Sec-WebSocket-Version: 13\r\nContent-Length: 5'",
        "Sec-WebSocket-Version: 13, 'Sec-WebSocket-Version: 13\r\nTransfer-Encoding: chunked'",
        "'GET /ws?v=1 HTTP/1.1', '\u0000\u0001\u0000\u0001\u0000\u0000\u0000'"
    })
    void aMalformedRequestIsRefused(String what, String instead) {
        refused(new TestGateway(), request().replace(what, instead), "400", WebSocketHandshake.Refusal.MALFORMED);
    }

    @Test
    void headersAreLimited() {
        refused(
                new TestGateway(),
                request("Cookie: " + "c".repeat(WebSocketHandshake.LONGEST_HEADERS)),
                "431",
                WebSocketHandshake.Refusal.TOO_LONG);
        refused(
                new TestGateway(),
                "GET /ws?" + "x".repeat(5_000) + " HTTP/1.1\r\n",
                "431",
                WebSocketHandshake.Refusal.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "https://LOCALHOST", "http://localhost"})
    void scriptsOfThePagesOfTheSameHostMayConnectWhateverThePort(String origin) {
        TestChannel channel =
                TestChannel.forWebSocket(new TestGateway(), HERE, HERE).receive(request("Origin: " + origin));
        assertThat(answer(channel)).startsWith("HTTP/1.1 101");
        channel.finishAndReleaseAll();
    }

    @Test
    void anAddressOfLoopbackIsAHostLikeItsNames() {
        TestChannel channel = TestChannel.forWebSocket(new TestGateway(), "::1", "::1")
                .receive(request("Origin: http://[::1]:8080").replace("localhost:9080", "[::1]:9080"));
        assertThat(answer(channel)).startsWith("HTTP/1.1 101");
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://localhost.evil.example",
                "http://evil.example/localhost",
                "http://localhost@evil.example",
                "null",
                "localhost",
                "file://",
                ""
            })
    void scriptsOfOtherPagesMayNot(String origin) {
        refused(new TestGateway(), request("Origin: " + origin), "403", WebSocketHandshake.Refusal.FOREIGN_ORIGIN);
    }

    @Test
    void twoOriginsAreNone() {
        refused(
                new TestGateway(),
                request("Origin: http://localhost", "Origin: http://localhost"),
                "403",
                WebSocketHandshake.Refusal.FOREIGN_ORIGIN);
    }

    /** DNS rebinding: the name is the page's own, and leads to the reader's machine. */
    @Test
    void aPageWhoseHostsNameLeadsHereMayNotConnect() {
        refused(
                new TestGateway(),
                request("Origin: http://evil.example:9080").replace("localhost:9080", "evil.example:9080"),
                "403",
                WebSocketHandshake.Refusal.FOREIGN_ORIGIN);
    }

    @Test
    void aListOfOriginsTakesThePlaceOfTheSameHost() {
        String[] listed = {"gateway.ws.origins", "https://chat.example.com,http://localhost:3000"};
        for (String origin :
                new String[] {"https://chat.example.com", "https://CHAT.example.com", "http://localhost:3000"}) {
            TestChannel channel = TestChannel.forWebSocket(new TestGateway(listed), HERE, HERE)
                    .receive(request("Origin: " + origin));
            assertThat(answer(channel)).as(origin).startsWith("HTTP/1.1 101");
            channel.finishAndReleaseAll();
        }
        for (String origin : new String[] {"http://chat.example.com", "http://localhost:9080"}) {
            refused(
                    new TestGateway(listed),
                    request("Origin: " + origin),
                    "403",
                    WebSocketHandshake.Refusal.FOREIGN_ORIGIN);
        }
    }

    @Test
    void allOriginsMayBeLetIn() {
        TestChannel channel = TestChannel.forWebSocket(new TestGateway("gateway.ws.origins", "*"), HERE, HERE)
                .receive(request("Origin: https://anywhere.example"));
        assertThat(answer(channel)).startsWith("HTTP/1.1 101");
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat.example.com", "https://chat.example.com/", "https://", "null", "https://a b"})
    void aWrongOriginInTheSettingsStopsTheStart(String origin) {
        assertThatThrownBy(() -> new TestGateway("gateway.ws.origins", origin))
                .rootCause()
                .hasMessageContaining("origins: " + origin + " (expected: ");
    }

    @Test
    void aRealClientIsLetInOrRefusedByItsOrigin() {
        try (TestGateway gateway = new TestGateway().start()) {
            try (WebSocketClient none = WebSocketClient.connect(gateway.webSocketClients())) {
                none.signedInAs(7);
            }
            try (WebSocketClient same =
                    WebSocketClient.connect(gateway.webSocketClients(), "Origin", "http://127.0.0.1:8080")) {
                same.signedInAs(8);
            }
            assertThatThrownBy(
                            () -> WebSocketClient.connect(gateway.webSocketClients(), "Origin", "https://evil.example"))
                    .isInstanceOf(CompletionException.class)
                    .satisfies(refusal ->
                            assertThat(WebSocketClient.refusal(refusal)).isEqualTo(403));
        }
    }

    @ParameterizedTest
    @CsvSource({CLIENT + "," + SERVER, CLIENT + "," + HERE, HERE + "," + SERVER})
    void withoutTlsNobodyBeyondLoopbackIsServed(String client, String server) {
        TestGateway gateway = new TestGateway();
        refused(
                gateway,
                TestChannel.forWebSocket(gateway, client, server).receive(request()),
                "403",
                WebSocketHandshake.Refusal.WITHOUT_TLS);
    }

    @Test
    void behindAProxyThatEndsTlsEverybodyIsServed() {
        TestGateway gateway = new TestGateway("gateway.ws.behind-proxy", "true");
        TestChannel channel = TestChannel.forWebSocket(gateway, CLIENT, SERVER)
                .receive(request("Origin: https://chat.example.com").replace("localhost:9080", "chat.example.com"));
        assertThat(answer(channel)).startsWith("HTTP/1.1 101");
        channel.receive(WebSocketBytes.text(SIGN_IN));
        assertThat(answer(channel)).contains("\"status\":200");
        channel.finishAndReleaseAll();
    }

    @Test
    void behindAProxyTheLastForwardedAddressIsTheClients() {
        TestGateway gateway = new TestGateway("gateway.ws.behind-proxy", "true", "limits.connections-per-address", "1");
        TestChannel one = forwarded(gateway, "192.0.2.99, 192.0.2.7");
        assertThat(answer(one)).startsWith("HTTP/1.1 101");
        TestChannel other = forwarded(gateway, "192.0.2.7, 2001:db8::1");
        assertThat(answer(other)).startsWith("HTTP/1.1 101");
        TestChannel again = forwarded(gateway, "192.0.2.1, 192.0.2.7");
        assertThat(answer(again)).isEmpty();
        assertThat(again.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.TOO_MANY_FROM_ADDRESS)).isEqualTo(1);
        one.close();
        TestChannel later = forwarded(gateway, "192.0.2.7");
        assertThat(answer(later)).startsWith("HTTP/1.1 101");
        later.finishAndReleaseAll();
        other.finishAndReleaseAll();
    }

    private static TestChannel forwarded(TestGateway gateway, String addresses) {
        return TestChannel.forWebSocket(gateway, "192.0.2.100", SERVER)
                .receive(request("X-Forwarded-For: " + addresses));
    }

    /** Whoever could say it without a proxy would not be counted. */
    @Test
    void withoutAProxyNobodysWordIsTakenForTheirAddress() {
        TestGateway gateway = new TestGateway("limits.connections-per-address", "1");
        TestChannel one = TestChannel.forWebSocket(gateway, HERE, HERE).receive(request("X-Forwarded-For: 192.0.2.7"));
        assertThat(answer(one)).startsWith("HTTP/1.1 101");
        assertThat(TestChannel.forWebSocket(gateway, HERE, HERE).isOpen()).isFalse();
        one.finishAndReleaseAll();
    }

    @Test
    void theProxyProtocolsHeaderMayComeFirst() {
        TestGateway gateway = new TestGateway("gateway.proxy-protocol", "true");
        TestChannel channel = TestChannel.forWebSocket(gateway, HERE, HERE)
                .receive("PROXY TCP4 127.0.0.1 127.0.0.1 40000 9080\r\n" + request());
        assertThat(answer(channel)).startsWith("HTTP/1.1 101");
        channel.finishAndReleaseAll();
        TestChannel foreign = TestChannel.forWebSocket(gateway, HERE, HERE)
                .receive("PROXY TCP4 192.0.2.7 192.0.2.1 40000 9080\r\n" + request());
        refused(gateway, foreign, "403", WebSocketHandshake.Refusal.WITHOUT_TLS);
    }

    @Test
    void thePortOfTcpSpeaksNoHttp() {
        TestGateway gateway = new TestGateway();
        TestChannel channel = TestChannel.onLoopback(gateway).receive(request());
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.closed(CloseCause.UNKNOWN_VERSION)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }
}
