package com.linbox.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A WebSocket client as somebody else would write it: by the JDK's own, sharing no code with LINBOX. For one thread. */
public final class WebSocketClient implements AutoCloseable {

    /** Generous: the machine may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Deque<JsonNode> seen = new ArrayDeque<>();
    private final WebSocket socket;
    private long lastRequestId = System.nanoTime();
    private volatile boolean paused;

    private WebSocketClient(HttpClient http, URI uri, String... headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(uri, new Incoming()).join();
    }

    /**
     * Connects.
     *
     * @param headers names and values in turn
     * @throws CompletionException caused by a {@link WebSocketHandshakeException} where the server refuses
     */
    public static WebSocketClient connect(InetSocketAddress gateway, String... headers) {
        return new WebSocketClient(
                HTTP,
                URI.create("ws://" + gateway.getAddress().getHostAddress() + ":" + gateway.getPort() + "/ws"),
                headers);
    }

    /** Connects over TLS, to this machine by its name. */
    public static WebSocketClient overTls(int port, SSLContext trust, String... headers) {
        return new WebSocketClient(
                HttpClient.newBuilder().sslContext(trust).build(),
                URI.create("wss://localhost:" + port + "/ws"),
                headers);
    }

    /** The status of the refusal that {@link #connect} threw; fails where it was something else. */
    public static int refusal(Throwable thrown) {
        if (thrown.getCause() instanceof WebSocketHandshakeException refused) {
            return refused.getResponse().statusCode();
        }
        throw new AssertionError("not refused by an answer", thrown);
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** An r_id that this client has not used. */
    public long newRequestId() {
        return ++lastRequestId;
    }

    public JsonNode signIn(long user, String device) {
        return signIn(user, "any", device);
    }

    public JsonNode signIn(long user, String token, String device) {
        send(
                "AuthRequest",
                object().put("user_id", Long.toString(user)).put("token", token).put("device", device));
        return expect("AuthResponse");
    }

    /** Signs in; fails where that is refused. */
    public WebSocketClient signedInAs(long user) {
        JsonNode response = signIn(user, "web");
        if (response.path("status").asInt() != 200) {
            throw new AssertionError("not signed in: " + response);
        }
        return this;
    }

    /** Sends a message and waits until it is stored. */
    public JsonNode say(long from, long to, String content) {
        send("SendMsgRequest", WireClient.message(from, to, newRequestId(), content));
        return expect("SendMsgResponse");
    }

    /** Sends a packet, its name put before its fields. */
    public void send(String packet, ObjectNode json) {
        ObjectNode named = object().put("packet", packet);
        named.setAll(json);
        sendText(named.toString());
    }

    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends a message in pieces, each a fragment or more. */
    public void sendInPieces(String text, int length) {
        for (int from = 0; from < text.length(); from += length) {
            int to = Math.min(text.length(), from + length);
            socket.sendText(text.substring(from, to), to == text.length()).join();
        }
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Sends a ping frame and waits for the pong; returns what it carries. */
    public String ping(String payload) throws InterruptedException {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)))
                .join();
        String pong = pongs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (pong == null) {
            throw new AssertionError("no pong");
        }
        return pong;
    }

    /** The next packet of this name; others that come before it are kept for later calls. */
    public JsonNode expect(String packet) {
        for (Iterator<JsonNode> earlier = seen.iterator(); earlier.hasNext(); ) {
            JsonNode received = earlier.next();
            if (received.path("packet").asString().equals(packet)) {
                earlier.remove();
                return received;
            }
        }
        while (true) {
            JsonNode received = JSON.readTree(nextText());
            if (received.path("packet").asString().equals(packet)) {
                return received;
            }
            seen.add(received);
        }
    }

    /** The next text frame as it came. */
    public String nextText() {
        try {
            String text = texts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing came; closed: " + closed.getNow(null));
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The code with which the server has closed the connection; waits for it. */
    public int closeCode() throws Exception {
        return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Says good-bye; returns the server's answer to it. */
    public int leave(int code) throws Exception {
        socket.sendClose(code, "").join();
        return closeCode();
    }

    /** Reads no text after the next. */
    public void readNoMore() {
        paused = true;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Incoming implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            if (!paused) {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            pongs.add(StandardCharsets.UTF_8.decode(message).toString());
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(new IOException(error));
        }
    }
}
