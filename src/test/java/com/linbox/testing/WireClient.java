package com.linbox.testing;

import com.linbox.protocol.IndependentClient;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client as somebody else would write it: blocking, with the JDK's own sockets, sharing no code with
 * LINBOX. For one thread.
 */
public final class WireClient implements AutoCloseable {

    public static final int AUTH = 1;
    public static final int AUTH_RESPONSE = 2;
    public static final int SYNC_UNREAD = 3;
    public static final int SYNC_UNREAD_RESPONSE = 4;
    public static final int READ_ACK = 5;
    public static final int READ_ACK_RESPONSE = 6;
    public static final int PULL = 7;
    public static final int PULL_RESPONSE = 8;
    public static final int SEND = 9;
    public static final int SEND_RESPONSE = 10;
    public static final int NEW_MESSAGE = 11;
    public static final int OFFLINE_INFO = 12;
    public static final int PING = 13;
    public static final int PONG = 14;
    public static final int PRESENCE_SUBSCRIBE = 28;
    public static final int PRESENCE_SUBSCRIBE_RESPONSE = 29;
    public static final int PRESENCE_CHANGED = 30;
    public static final int RECONNECT = 38;
    public static final int SYSTEM_MESSAGE = 15;
    public static final int SYNC_SYSTEM_UNREAD = 16;
    public static final int SYNC_SYSTEM_UNREAD_RESPONSE = 17;
    public static final int SYSTEM_UNREAD_ACK = 18;
    public static final int SYSTEM_UNREAD_ACK_RESPONSE = 19;

    /** Generous: the machine may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String DEFAULT_PASS_PHRASE = "medtree-im-passw";

    private static final JsonMapper JSON = JsonMapper.shared();

    private IndependentClient codec;
    private final Socket socket;
    private final DataInputStream in;
    private final Deque<Received> seen = new ArrayDeque<>();
    private long lastRequestId = System.nanoTime();

    /** A packet from the server. */
    public record Received(int type, JsonNode json) {}

    public WireClient(InetSocketAddress gateway) throws IOException {
        this(gateway, DEFAULT_PASS_PHRASE);
    }

    public WireClient(InetSocketAddress gateway, String passPhrase) throws IOException {
        this(new Socket(gateway.getAddress(), gateway.getPort()), IndependentClient.withPassPhrase(passPhrase));
    }

    /** Of protocol version 2, without TLS. */
    public static WireClient ofVersion2(InetSocketAddress gateway) throws IOException {
        return new WireClient(new Socket(gateway.getAddress(), gateway.getPort()), IndependentClient.ofVersion2());
    }

    /**
     * Of protocol version 2 over TLS.
     *
     * @param trust whom it takes for the gateway, and the certificate it shows
     * @param tlsVersion such as {@code TLSv1.3}; no other is offered
     */
    public static WireClient overTls(InetSocketAddress gateway, SSLContext trust, String tlsVersion)
            throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(gateway.getAddress(), gateway.getPort());
        socket.setEnabledProtocols(new String[] {tlsVersion});
        return new WireClient(socket, IndependentClient.ofVersion2());
    }

    private WireClient(Socket socket, IndependentClient codec) throws IOException {
        this.codec = codec;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new DataInputStream(socket.getInputStream());
    }

    /** Connects and signs in. */
    public static WireClient signedIn(InetSocketAddress gateway, long user) throws IOException {
        return new WireClient(gateway).signedInAs(user);
    }

    /** Signs in; fails where that is refused. */
    public WireClient signedInAs(long user) throws IOException {
        JsonNode response = signIn(user);
        if (response.path("status").asInt() != 200) {
            throw new AssertionError("not signed in: " + response);
        }
        return this;
    }

    public JsonNode signIn(long user) throws IOException {
        send(
                AUTH,
                object().put("user_id", Long.toString(user)).put("token", "any").put("device", "test"));
        return expect(AUTH_RESPONSE);
    }

    public JsonNode signIn(long user, String token, String device) throws IOException {
        send(
                AUTH,
                object().put("user_id", Long.toString(user)).put("token", token).put("device", device));
        return expect(AUTH_RESPONSE);
    }

    /** Signs in where users have keys of their own, and speaks and listens with that from then on. */
    public JsonNode signIn(long user, String token, String device, String contentKey) throws IOException {
        send(
                AUTH,
                object().put("user_id", Long.toString(user)).put("token", token).put("device", device));
        useContentKey(contentKey);
        return expect(AUTH_RESPONSE);
    }

    /** Everything from here on, in both directions, is encrypted with this key. */
    public void useContentKey(String base64) {
        codec = IndependentClient.withDynamicKey(base64);
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** An r_id that this client has not used. */
    public long newRequestId() {
        return ++lastRequestId;
    }

    /** A one-to-one message, its r_id the message's own and the request's. */
    public static ObjectNode message(long from, long to, long requestId, String content) {
        ObjectNode request = object();
        request.put("r_id", requestId)
                .put("user_id", Long.toString(from))
                .put("remote_id", Long.toString(to))
                .put("type", 2);
        request.putObject("msg")
                .put("r_id", requestId)
                .put("from_user_id", Long.toString(from))
                .put("to_user_id", Long.toString(to))
                .put("mime_type", "text/plain")
                .put("content", content)
                .put("type", 2);
        return request;
    }

    /** Sends a message and waits until it is stored. */
    public JsonNode say(long from, long to, String content) throws IOException {
        send(SEND, message(from, to, newRequestId(), content));
        return expect(SEND_RESPONSE);
    }

    /** All unread counts of a user's first {@code limit} conversations. */
    public JsonNode syncUnread(long user, int offset, int limit) throws IOException {
        send(
                SYNC_UNREAD,
                object().put("r_id", newRequestId())
                        .put("user_id", Long.toString(user))
                        .put("offset", offset)
                        .put("limit", limit)
                        .put("type", 1));
        return expect(SYNC_UNREAD_RESPONSE);
    }

    /** The unread count of one conversation; −1 where the user has none such. */
    public long unread(long user, long partner) throws IOException {
        send(
                SYNC_UNREAD,
                object().put("r_id", newRequestId())
                        .put("user_id", Long.toString(user))
                        .put("remote_id", Long.toString(partner))
                        .put("type", 2));
        JsonNode unreads = expect(SYNC_UNREAD_RESPONSE).path("unreads");
        return unreads.isEmpty() ? -1 : unreads.get(0).path("count").asLong();
    }

    public JsonNode pull(long user, long partner, long max, long min, int limit) throws IOException {
        send(
                PULL,
                object().put("r_id", newRequestId())
                        .put("user_id", Long.toString(user))
                        .put("remote_id", Long.toString(partner))
                        .put("type", 2)
                        .put("max_msg_id", max)
                        .put("min_msg_id", min)
                        .put("limit", limit));
        return expect(PULL_RESPONSE);
    }

    /** Wants to know of these users whether they are online; version 2 alone has that. */
    public JsonNode subscribePresence(long user, long... users) throws IOException {
        ObjectNode request = object().put("r_id", newRequestId()).put("user_id", Long.toString(user));
        ArrayNode list = request.putArray("users");
        for (long other : users) {
            list.add(Long.toString(other));
        }
        send(PRESENCE_SUBSCRIBE, request);
        return expect(PRESENCE_SUBSCRIBE_RESPONSE);
    }

    public void send(int type, JsonNode json) throws IOException {
        send(type, json.toString());
    }

    public void send(int type, String json) throws IOException {
        sendBytes(frame(type, json));
    }

    public byte[] frame(int type, String json) {
        try {
            return codec.encode(type, json);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A frame made with the pass phrase that servers have by default. */
    public static byte[] staticFrame(int type, String json) throws GeneralSecurityException {
        return IndependentClient.withPassPhrase(DEFAULT_PASS_PHRASE).encode(type, json);
    }

    public void sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The certificate that the gateway has shown. */
    public X509Certificate gatewayCertificate() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    /** The next packet of this type; others that come before it are kept for later calls. */
    public JsonNode expect(int type) throws IOException {
        for (Iterator<Received> earlier = seen.iterator(); earlier.hasNext(); ) {
            Received received = earlier.next();
            if (received.type() == type) {
                earlier.remove();
                return received.json();
            }
        }
        while (true) {
            Received received = read();
            if (received.type() == type) {
                return received.json();
            }
            seen.add(received);
        }
    }

    /** What has come of this type so far: all that the gateway had before it answered a ping. */
    public List<JsonNode> soFar(long user, int type) throws IOException {
        send(PING, object().put("r_id", newRequestId()).put("user_id", Long.toString(user)));
        Received received;
        while ((received = read()).type() != PONG) {
            seen.add(received);
        }
        List<JsonNode> found = new ArrayList<>();
        seen.removeIf(earlier -> earlier.type() == type && found.add(earlier.json()));
        return found;
    }

    /** Reads until the server closes the connection; returns what it sent before. */
    public Deque<Received> readToEnd() throws IOException {
        try {
            while (true) {
                seen.add(read());
            }
        } catch (EOFException | SocketException end) {
            return seen;
        }
    }

    private Received read() throws IOException {
        byte[] header = in.readNBytes(8);
        if (header.length < 8) {
            throw new EOFException();
        }
        int length = ByteBuffer.wrap(header).getInt(4);
        var frame = new ByteArrayOutputStream();
        frame.write(header);
        frame.write(exactly(in, length));
        try {
            IndependentClient.Decoded decoded = codec.decode(frame.toByteArray());
            return new Received(decoded.type(), JSON.readTree(decoded.json()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
