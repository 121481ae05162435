package com.linbox.client;

import com.linbox.protocol.IndependentClient;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server small enough to be believed, written from the protocol's document with the JDK alone. It keeps conversations in
 * memory and misbehaves on request.
 */
public final class TestServer implements AutoCloseable {

    static final String PASS_PHRASE = "medtree-im-passw";
    static final JsonMapper JSON = JsonMapper.shared();

    /** Every request as it came, with its {@code packet} type added. */
    public final List<ObjectNode> received = new CopyOnWriteArrayList<>();

    final Map<Long, String> dynamicKeys = new ConcurrentHashMap<>();
    public volatile int signInStatus = 200;
    /** Requests that get no answer, and nothing else either. */
    public volatile Predicate<ObjectNode> ignored = request -> false;
    /** Sends after which the connection ends: the message is stored, the answer is not sent. */
    public volatile Predicate<ObjectNode> cutAfterStoring = request -> false;
    /** Requests that are answered with this status. */
    public volatile Predicate<ObjectNode> refused = request -> false;

    public volatile int refusal = 503;
    /** Pushes that get lost. */
    public volatile Predicate<ObjectNode> lostPush = message -> false;
    /** As servers of 2015 do: say that there is a message, but not which. */
    volatile boolean pushWithoutMessage;

    /** How many system messages are unread, by type. */
    final Map<Integer, Integer> systemUnreads = new TreeMap<>();

    volatile int maxPullLimit = 1_000;

    private final ServerSocket socket;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final Map<String, List<ObjectNode>> conversations = new TreeMap<>();
    private final Map<String, Integer> readPositions = new ConcurrentHashMap<>();

    public TestServer() throws IOException {
        this(0);
    }

    TestServer(int port) throws IOException {
        socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        start(this::acceptAll);
    }

    public int port() {
        return socket.getLocalPort();
    }

    ClientSettings.Builder settings(long userId) {
        return ClientSettings.of("127.0.0.1", port(), userId)
                .token("t0k3n")
                .reconnect(java.time.Duration.ofMillis(10), java.time.Duration.ofMillis(50));
    }

    /** Stores a message and pushes it, as if {@code from} had sent it from somewhere. */
    public synchronized void say(long from, long to, String content) {
        store(message(from, to, System.nanoTime(), content));
    }

    public synchronized List<String> stored(long one, long other) {
        return conversations.getOrDefault(key(one, other), List.of()).stream()
                .map(message -> message.get("content").asString())
                .toList();
    }

    public List<ObjectNode> received(int type) {
        return received.stream()
                .filter(request -> request.get("packet").asInt() == type)
                .toList();
    }

    public int readPosition(long userId, long partner) {
        return readPositions.getOrDefault(userId + ":" + key(userId, partner), 0);
    }

    public int connections() {
        return peers.size();
    }

    public void kick(long userId, String reason) {
        for (Peer peer : peers) {
            if (peer.userId == userId) {
                peer.send(
                        12, JSON.createObjectNode().put("user_id", "" + userId).put("reason", reason));
                peer.close();
            }
        }
    }

    synchronized void push(long userId, int type, ObjectNode packet) {
        peers.stream().filter(peer -> peer.userId == userId).forEach(peer -> peer.send(type, packet));
    }

    public void cutEverybody() {
        peers.forEach(Peer::close);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        cutEverybody();
    }

    private void acceptAll() {
        while (true) {
            try {
                Peer peer = new Peer(socket.accept());
                start(peer::serve);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void start(Runnable action) {
        Thread thread = new Thread(action, "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static ObjectNode message(long from, long to, long rId, String content) {
        return JSON.createObjectNode()
                .put("r_id", rId)
                .put("from_user_id", "" + from)
                .put("to_user_id", "" + to)
                .put("mime_type", "text/plain")
                .put("content", content)
                .put("type", 2);
    }

    private static String key(long one, long other) {
        String a = "" + one;
        String b = "" + other;
        return a.compareTo(b) <= 0 ? a + "_" + b : b + "_" + a;
    }

    /** @return the message as stored, or the first one where this is a retry */
    private synchronized ObjectNode store(ObjectNode message) {
        long from = message.get("from_user_id").asLong();
        long to = message.get("to_user_id").asLong();
        List<ObjectNode> all = conversations.computeIfAbsent(key(from, to), k -> new ArrayList<>());
        for (ObjectNode first : all) {
            if (first.get("from_user_id").asLong() == from
                    && first.get("r_id").asLong() == message.get("r_id").asLong()) {
                return first;
            }
        }
        message.put("msg_id", all.size() + 1).put("send_time", 1_448_553_600_000L + all.size());
        all.add(message);
        if (!lostPush.test(message)) {
            ObjectNode push = JSON.createObjectNode()
                    .put("user_id", "" + to)
                    .put("remote_id", "" + from)
                    .put("type", 2);
            if (!pushWithoutMessage) {
                push.set("msg", message);
            }
            push(to, 11, push);
        }
        return message;
    }

    private final class Peer {

        private final Socket connection;
        private IndependentClient codec = IndependentClient.withPassPhrase(PASS_PHRASE);
        volatile long userId;

        Peer(Socket connection) {
            this.connection = connection;
        }

        void serve() {
            try (connection) {
                DataInputStream in = new DataInputStream(connection.getInputStream());
                while (true) {
                    byte[] header = new byte[8];
                    in.readFully(header);
                    byte[] frame = java.util.Arrays.copyOf(
                            header, 8 + ByteBuffer.wrap(header).getInt(4));
                    in.readFully(frame, 8, frame.length - 8);
                    var decoded = codec.decode(frame);
                    ObjectNode request = (ObjectNode) JSON.readTree(decoded.json());
                    request.put("packet", decoded.type());
                    received.add(request);
                    if (!ignored.test(request)) {
                        answer(decoded.type(), request);
                    }
                }
            } catch (EOFException | java.net.SocketException e) {
                // The other side is gone.
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            } finally {
                peers.remove(this);
            }
        }

        private void answer(int type, ObjectNode request) {
            ObjectNode answer = JSON.createObjectNode();
            answer.set("r_id", request.get("r_id"));
            if (type == 1) {
                signIn(request, answer);
                return;
            }
            if (refused.test(request)) {
                answer.put("status", refusal)
                        .put("err_msg", "as the test wished")
                        .put("err_code", "as wished");
            } else {
                answer.put("status", 200);
                switch (type) {
                    case 3 -> unread(request, answer);
                    case 5 ->
                        readPositions.merge(
                                userId + ":"
                                        + key(userId, request.get("remote_id").asLong()),
                                request.get("msg_id").asInt(),
                                Math::max);
                    case 7 -> pull(request, answer);
                    case 9 -> {
                        ObjectNode stored = store((ObjectNode) request.get("msg"));
                        if (cutAfterStoring.test(request)) {
                            close();
                            return;
                        }
                        answer.set("msg_r_id", stored.get("r_id"));
                        answer.set("msg_id", stored.get("msg_id"));
                        answer.set("send_time", stored.get("send_time"));
                    }
                    case 16 -> {
                        ArrayNode unreads = answer.putArray("unreads");
                        systemUnreads.forEach((system, count) -> unreads.addObject()
                                .put("system_type", system)
                                .put("content", "{\"unread\":" + count + "}"));
                    }
                    case 18 -> systemUnreads.put(request.get("type").asInt(), 0);
                    default -> {}
                }
            }
            send(type + 1, answer);
        }

        private void signIn(ObjectNode request, ObjectNode answer) {
            long user = request.get("user_id").asLong();
            answer.put("status", signInStatus);
            if (signInStatus != 200) {
                // Nobody's key: the installation's.
                send(2, answer.put("err_msg", "User is not certified"));
                return;
            }
            if (dynamicKeys.containsKey(user)) {
                codec = IndependentClient.withDynamicKey(dynamicKeys.get(user));
            }
            synchronized (TestServer.this) {
                send(2, answer);
                userId = user;
                peers.add(this);
            }
        }

        private void unread(ObjectNode request, ObjectNode answer) {
            synchronized (TestServer.this) {
                List<ObjectNode> mine = new ArrayList<>();
                conversations.forEach((key, messages) -> {
                    String[] ends = key.split("_", 2);
                    boolean first = ends[0].equals("" + userId);
                    if (first || ends[1].equals("" + userId)) {
                        mine.add(entry(Long.parseLong(first ? ends[1] : ends[0]), messages));
                    }
                });
                JsonNode remote = request.get("remote_id");
                if (remote != null) {
                    mine.removeIf(entry -> !entry.get("remote_id").equals(remote));
                }
                int offset = request.get("offset").asInt();
                int end = Math.min(mine.size(), offset + request.get("limit").asInt());
                ArrayNode page = answer.putArray("unreads");
                mine.subList(Math.min(offset, end), end).forEach(page::add);
                answer.put("offset", end < mine.size() ? end : 0);
            }
        }

        private ObjectNode entry(long partner, List<ObjectNode> messages) {
            int read = readPosition(userId, partner);
            for (ObjectNode message : messages) {
                if (message.get("from_user_id").asLong() == userId) {
                    read = Math.max(read, message.get("msg_id").asInt());
                }
            }
            ObjectNode entry = JSON.createObjectNode()
                    .put("user_id", "" + userId)
                    .put("remote_id", "" + partner)
                    .put("type", 2)
                    .put("msg_id", messages.size())
                    .put("count", messages.size() - read);
            entry.set("msg", messages.get(messages.size() - 1));
            return entry;
        }

        private void pull(ObjectNode request, ObjectNode answer) {
            synchronized (TestServer.this) {
                List<ObjectNode> all = conversations.getOrDefault(
                        key(userId, request.get("remote_id").asLong()), List.of());
                int max = request.get("max_msg_id").asInt() == -1
                        ? all.size()
                        : request.get("max_msg_id").asInt();
                int limit = Math.min(maxPullLimit, request.get("limit").asInt());
                ArrayNode page = answer.putArray("msgs");
                for (int id = Math.min(max, all.size());
                        id > request.get("min_msg_id").asInt() && page.size() < limit;
                        id--) {
                    page.add(all.get(id - 1));
                }
            }
        }

        synchronized void send(int type, ObjectNode packet) {
            try {
                connection.getOutputStream().write(codec.encode(type, packet.toString()));
            } catch (IOException e) {
                close();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        void close() {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
