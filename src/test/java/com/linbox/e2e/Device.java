package com.linbox.e2e;

import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.PULL;
import static com.linbox.testing.WireClient.PULL_RESPONSE;
import static com.linbox.testing.WireClient.READ_ACK;
import static com.linbox.testing.WireClient.READ_ACK_RESPONSE;
import static com.linbox.testing.WireClient.SEND;
import static com.linbox.testing.WireClient.SEND_RESPONSE;
import static com.linbox.testing.WireClient.SYNC_UNREAD;
import static com.linbox.testing.WireClient.SYNC_UNREAD_RESPONSE;
import static com.linbox.testing.WireClient.object;

import com.linbox.testing.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A device of a user, of protocol version 2 unless said otherwise, for tests. */
final class Device implements AutoCloseable {

    static final int GROUP_CHANGE = 20;
    static final int GROUP_INFO = 22;
    static final int READ_MOVED = 24;
    static final int READ_RECEIPT = 25;
    static final int READERS = 26;
    static final int TYPING_REQUEST = 31;
    static final int TYPING = 33;
    static final int CHANGE_MSG = 34;

    private final WireClient client;
    private final long user;

    private Device(WireClient client, long user) {
        this.client = client;
        this.user = user;
    }

    static Device signedIn(InetSocketAddress gateway, long user) throws IOException {
        return signedIn(gateway, user, "test");
    }

    static Device signedIn(InetSocketAddress gateway, long user, String kind) throws IOException {
        return signedIn(WireClient.ofVersion2(gateway), user, kind);
    }

    /** One that speaks version 1, and knows nothing of what is version 2's alone. */
    static Device ofVersion1(InetSocketAddress gateway, long user, String kind) throws IOException {
        return signedIn(new WireClient(gateway), user, kind);
    }

    private static Device signedIn(WireClient client, long user, String kind) throws IOException {
        JsonNode response = client.signIn(user, "any", kind);
        if (response.path("status").asInt() != 200) {
            throw new AssertionError("not signed in: " + response);
        }
        return new Device(client, user);
    }

    WireClient client() {
        return client;
    }

    long user() {
        return user;
    }

    /** Asks for something with these fields and waits for the answer, whose code is the next one. */
    JsonNode ask(int type, ObjectNode fields) throws IOException {
        if (!fields.has("r_id")) {
            fields.put("r_id", client.newRequestId());
        }
        client.send(type, fields.put("user_id", Long.toString(user)));
        return client.expect(type + 1);
    }

    /** Makes a group and gives its id. */
    long makeGroup(String name, long... others) throws IOException {
        JsonNode made = changeGroup("create", 0, withUsers(object().put("name", name), others));
        if (made.path("status").asInt() != 200) {
            throw new AssertionError("not made: " + made);
        }
        return made.path("group_id").asLong();
    }

    static ObjectNode withUsers(ObjectNode fields, long... users) {
        var array = fields.putArray("users");
        Arrays.stream(users).forEach(id -> array.add(Long.toString(id)));
        return fields;
    }

    static ObjectNode users(long... users) {
        return withUsers(object(), users);
    }

    /** @param group 0 for none */
    JsonNode changeGroup(String action, long group, ObjectNode fields) throws IOException {
        if (group != 0) {
            fields.put("group_id", Long.toString(group));
        }
        return ask(GROUP_CHANGE, fields.put("action", action));
    }

    JsonNode say(long group, String content) throws IOException {
        return say(group, client.newRequestId(), content);
    }

    JsonNode say(long group, long requestId, String content) throws IOException {
        ObjectNode request = object().put("r_id", requestId)
                .put("user_id", Long.toString(user))
                .put("group_id", Long.toString(group))
                .put("type", 3);
        request.putObject("msg").put("r_id", requestId).put("content", content).put("type", 3);
        client.send(SEND, request);
        return client.expect(SEND_RESPONSE);
    }

    /** The content of the next message that is pushed. */
    String hears() throws IOException {
        return hearsMessage().path("content").asString();
    }

    /** The next message that is pushed. */
    JsonNode hearsMessage() throws IOException {
        return client.expect(NEW_MESSAGE).path("msg");
    }

    /** The contents of all messages pushed so far. */
    List<String> heard() throws IOException {
        return client.soFar(user, NEW_MESSAGE).stream()
                .map(news -> news.path("msg").path("content").asString())
                .toList();
    }

    JsonNode pull(long group, long max, long min, int limit) throws IOException {
        client.send(
                PULL,
                object().put("r_id", client.newRequestId())
                        .put("user_id", Long.toString(user))
                        .put("group_id", Long.toString(group))
                        .put("type", 3)
                        .put("max_msg_id", max)
                        .put("min_msg_id", min)
                        .put("limit", limit));
        return client.expect(PULL_RESPONSE);
    }

    JsonNode read(long group, long msgId) throws IOException {
        client.send(
                READ_ACK,
                object().put("r_id", client.newRequestId())
                        .put("user_id", Long.toString(user))
                        .put("group_id", Long.toString(group))
                        .put("type", 3)
                        .put("msg_id", msgId));
        return client.expect(READ_ACK_RESPONSE);
    }

    /** The unread count of a group by asking for it alone; −1 where the answer is none. */
    long unread(long group) throws IOException {
        return unreadEntry(group).path("count").asLong(-1);
    }

    /** The entry of a group by asking for it alone; a missing node where there is none. */
    JsonNode unreadEntry(long group) throws IOException {
        client.send(
                SYNC_UNREAD,
                object().put("r_id", client.newRequestId())
                        .put("user_id", Long.toString(user))
                        .put("group_id", Long.toString(group))
                        .put("type", 3));
        return client.expect(SYNC_UNREAD_RESPONSE).path("unreads").path(0);
    }

    /** The unread count of a group as the list of all conversations has it; −1 where it is not there. */
    long listedUnread(long group) throws IOException {
        return listedEntry(group).path("count").asLong(-1);
    }

    /** The entry of a group as the list of all conversations has it; a missing node where it is not there. */
    JsonNode listedEntry(long group) throws IOException {
        for (JsonNode listed : client.syncUnread(user, 0, 200).path("unreads")) {
            if (listed.path("group_id").asLong() == group) {
                return listed;
            }
        }
        return MissingNode.getInstance();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
