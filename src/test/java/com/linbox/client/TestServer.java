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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server small enough to be believed, written from the protocol's document with the JDK alone. It keeps conversations in
 * memory and misbehaves on request. Of the groups it knows who is in and since when, and asks for nobody's rights.
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

    /** What belongs into the answers to packets of these types, beside r_id and status. */
    final Map<Integer, BiConsumer<ObjectNode, ObjectNode>> answers = new ConcurrentHashMap<>();

    private final ServerSocket socket;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final Map<String, List<ObjectNode>> conversations = new TreeMap<>();
    private final Map<String, Integer> readPositions = new ConcurrentHashMap<>();
    /** The members of each group, and how much had been said before they came. */
    private final Map<String, Map<Long, Integer>> groups = new ConcurrentHashMap<>();

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

    /** The same in a group. */
    public synchronized void sayIn(long group, long from, String content) {
        store(groupMessage(from, group, System.nanoTime(), content));
    }

    /** Has somebody change a group, and tells its members. */
    public synchronized void change(long group, long actor, String action, long... users) {
        ObjectNode request = JSON.createObjectNode().put("action", action).put("group_id", "" + group);
        ArrayNode array = request.putArray("users");
        Arrays.stream(users).forEach(user -> array.add("" + user));
        change(actor, System.nanoTime(), request);
    }

    /** Has somebody recall a message (content is null) or edit it, and tells those concerned. */
    public synchronized void changeMessage(long from, ObjectNode request) {
        storeChange(from, System.nanoTime(), request);
    }

    public synchronized List<String> storedIn(long group) {
        return conversations.getOrDefault("" + group, List.of()).stream()
                .map(message -> message.get("content").asString())
                .toList();
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

    private static ObjectNode groupMessage(long from, long group, long rId, String content) {
        ObjectNode message = message(from, 0, rId, content);
        message.remove("to_user_id");
        return message.put("group_id", "" + group).put("type", 3);
    }

    private ObjectNode change(long actor, long rId, ObjectNode request) {
        String action = request.get("action").asString();
        String group = request.has("group_id") ? request.get("group_id").asString() : "" + (70_000 + rId % 10_000);
        ObjectNode event = JSON.createObjectNode().put("action", action).put("actor", "" + actor);
        ArrayNode users = event.putArray("users");
        if (action.equals("create")) {
            users.add("" + actor);
        }
        request.path("users").forEach(users::add);
        event.put("count", users.size());
        for (String field : List.of("name", "role", "invite", "history")) {
            if (request.has(field)) {
                event.set(field, request.get(field));
            }
        }
        if (request.has("until")) {
            event.set("muted_until", request.get("until"));
        }
        ObjectNode message = groupMessage(actor, Long.parseLong(group), rId, event.toString())
                .put("mime_type", "application/vnd.linbox.group-event+json");
        Map<Long, Integer> members = groups.computeIfAbsent(group, key -> new TreeMap<>());
        if (action.equals("create") || action.equals("add")) {
            int before = conversations.getOrDefault(group, List.of()).size();
            users.forEach(user -> members.putIfAbsent(user.asLong(), before));
        }
        ObjectNode stored = store(message);
        if (action.equals("remove")) {
            users.forEach(user -> members.remove(user.asLong()));
        } else if (action.equals("leave")) {
            members.remove(actor);
        }
        return stored;
    }

    private ObjectNode storeChange(long from, long rId, ObjectNode request) {
        ObjectNode event = JSON.createObjectNode();
        for (String field : List.of("action", "msg_id", "content")) {
            if (request.has(field)) {
                event.set(field, request.get(field));
            }
        }
        boolean inGroup = request.has("group_id");
        ObjectNode message = inGroup
                ? groupMessage(from, request.get("group_id").asLong(), rId, event.toString())
                : message(from, request.get("remote_id").asLong(), rId, event.toString());
        ObjectNode original =
                conversations.get(keyOf(message)).get(request.get("msg_id").asInt() - 1);
        if (request.has("content")) {
            original.set("content", request.get("content"));
        } else {
            original.put("content", "").put("mime_type", "application/vnd.linbox.recalled");
        }
        return store(message.put("mime_type", "application/vnd.linbox.message-change+json"));
    }

    private static String keyOf(ObjectNode message) {
        return message.has("group_id")
                ? message.get("group_id").asString()
                : key(
                        message.get("from_user_id").asLong(),
                        message.get("to_user_id").asLong());
    }

    private static String key(long one, long other) {
        String a = "" + one;
        String b = "" + other;
        return a.compareTo(b) <= 0 ? a + "_" + b : b + "_" + a;
    }

    /** @return the message as stored, or the first one where this is a retry */
    private synchronized ObjectNode store(ObjectNode message) {
        long from = message.get("from_user_id").asLong();
        List<ObjectNode> all = conversations.computeIfAbsent(keyOf(message), k -> new ArrayList<>());
        for (ObjectNode first : all) {
            if (first.get("from_user_id").asLong() == from
                    && first.get("r_id").asLong() == message.get("r_id").asLong()) {
                return first;
            }
        }
        message.put("msg_id", all.size() + 1).put("send_time", 1_448_553_600_000L + all.size());
        all.add(message);
        if (lostPush.test(message)) {
            return message;
        }
        if (message.has("group_id")) {
            String group = message.get("group_id").asString();
            groups.getOrDefault(group, Map.of()).keySet().stream()
                    .filter(member -> member != from)
                    .forEach(member -> tell(member, group, message));
        } else {
            tell(message.get("to_user_id").asLong(), "" + from, message);
        }
        return message;
    }

    private void tell(long to, String remoteId, ObjectNode message) {
        ObjectNode push = JSON.createObjectNode().put("user_id", "" + to).put("remote_id", remoteId);
        push.set("type", message.get("type"));
        if (message.has("group_id")) {
            push.put("group_id", remoteId);
        }
        if (!pushWithoutMessage) {
            push.set("msg", message);
        }
        push(to, 11, push);
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
                    if (header[1] == 2) {
                        codec = IndependentClient.ofVersion2();
                    }
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
                                userId + ":" + keyFor(request),
                                request.get("msg_id").asInt(),
                                Math::max);
                    case 7 -> pull(request, answer);
                    case 9 -> {
                        ObjectNode stored = store((ObjectNode) request.get("msg"));
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
                    case 20 -> {
                        ObjectNode stored = change(userId, request.get("r_id").asLong(), request);
                        answer.set("group_id", stored.get("group_id"));
                        answer.set("msg_id", stored.get("msg_id"));
                        answer.set("send_time", stored.get("send_time"));
                    }
                    case 34 -> {
                        ObjectNode stored =
                                storeChange(userId, request.get("r_id").asLong(), request);
                        answer.set("change_msg_id", stored.get("msg_id"));
                        answer.set("send_time", stored.get("send_time"));
                    }
                    default -> answers.getOrDefault(type, (asked, told) -> {}).accept(request, answer);
                }
                if (List.of(9, 20, 34).contains(type) && cutAfterStoring.test(request)) {
                    close();
                    return;
                }
            }
            send(type + 1, answer);
        }

        private String keyFor(ObjectNode request) {
            return request.has("group_id")
                    ? request.get("group_id").asString()
                    : key(userId, request.get("remote_id").asLong());
        }

        /** How much the user may not see; answers with 403 where that is everything. */
        private int hidden(String key, ObjectNode answer) {
            if (key.contains("_")) {
                return 0;
            }
            Integer since = groups.getOrDefault(key, Map.of()).get(userId);
            if (since == null) {
                answer.put("status", 403);
                return Integer.MAX_VALUE;
            }
            return since;
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
                groups.forEach((group, members) -> {
                    if (members.containsKey(userId) && conversations.containsKey(group)) {
                        mine.add(groupEntry(group, conversations.get(group)));
                    }
                });
                conversations.forEach((key, messages) -> {
                    if (!key.contains("_")) {
                        return;
                    }
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
                JsonNode group = request.get("group_id");
                if (group != null) {
                    hidden(group.asString(), answer);
                    mine.removeIf(entry -> !group.equals(entry.get("group_id")));
                }
                int offset = request.get("offset").asInt();
                int end = Math.min(mine.size(), offset + request.get("limit").asInt());
                ArrayNode page = answer.putArray("unreads");
                mine.subList(Math.min(offset, end), end).forEach(page::add);
                answer.put("offset", end < mine.size() ? end : 0);
            }
        }

        private ObjectNode groupEntry(String group, List<ObjectNode> messages) {
            int since = groups.get(group).get(userId);
            int read = Math.max(since, readPositions.getOrDefault(userId + ":" + group, 0));
            return entry(read, messages)
                    .put("since", since)
                    .put("remote_id", group)
                    .put("group_id", group)
                    .put("type", 3);
        }

        private ObjectNode entry(long partner, List<ObjectNode> messages) {
            return entry(readPosition(userId, partner), messages)
                    .put("remote_id", "" + partner)
                    .put("type", 2);
        }

        private ObjectNode entry(int readPosition, List<ObjectNode> messages) {
            int read = readPosition;
            for (ObjectNode message : messages) {
                if (message.get("from_user_id").asLong() == userId) {
                    read = Math.max(read, message.get("msg_id").asInt());
                }
            }
            ObjectNode entry = JSON.createObjectNode()
                    .put("user_id", "" + userId)
                    .put("msg_id", messages.size())
                    .put("count", messages.size() - read);
            entry.set("msg", messages.get(messages.size() - 1));
            return entry;
        }

        private void pull(ObjectNode request, ObjectNode answer) {
            synchronized (TestServer.this) {
                String key = keyFor(request);
                int min =
                        Math.max(hidden(key, answer), request.get("min_msg_id").asInt());
                List<ObjectNode> all = conversations.getOrDefault(key, List.of());
                int max = request.get("max_msg_id").asInt() == -1
                        ? all.size()
                        : request.get("max_msg_id").asInt();
                int limit = Math.min(maxPullLimit, request.get("limit").asInt());
                ArrayNode page = answer.putArray("msgs");
                for (int id = Math.min(max, all.size()); id > min && page.size() < limit; id--) {
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
