package com.linbox.e2e;

import static com.linbox.e2e.GroupScenarios.status;
import static com.linbox.testing.WireClient.READ_ACK;
import static com.linbox.testing.WireClient.READ_ACK_RESPONSE;
import static com.linbox.testing.WireClient.SYNC_UNREAD;
import static com.linbox.testing.WireClient.SYNC_UNREAD_RESPONSE;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** After whatever users do, on whatever device, every device has the same unread counts, and the right ones. */
abstract class UnreadScenarios {

    private static final int STEPS = 250;
    private static final int USERS = 4;

    private final Random random = new Random(20_261_125);
    private final UnreadModel model = new UnreadModel();
    private final List<Long> users = new ArrayList<>();
    private final List<Long> groups = new ArrayList<>();
    private final Map<String, Device> devices = new TreeMap<>();
    private final List<String> done = new ArrayList<>();

    /** Gateway 0 or 1; where there is only one, both are it. */
    protected abstract InetSocketAddress gateway(int number);

    @AfterEach
    void closeDevices() throws IOException {
        for (Device device : devices.values()) {
            device.close();
        }
    }

    @Test
    void unreadCountsAgreeOnAllDevicesAfterEveryStep() throws Exception {
        for (int i = 0; i < USERS; i++) {
            users.add(MessagingScenarios.newUser());
            connect(i, "desktop");
            connect(i, "iphone");
        }
        makeGroup(0);
        makeGroup(1);
        check();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> sayToUser();
                case 3, 4, 5 -> sayToGroup();
                case 6, 7 -> read();
                case 8, 9 -> pull();
                case 10 -> changeMembers();
                default -> reconnect();
            }
            check();
        }
        // That each kind of step was among them, and often enough.
        assertThat(done.stream().map(text -> text.split(" ", 2)[0]).distinct())
                .contains("says", "writes", "reads", "pulls", "adds", "removes", "disconnects", "connects");
    }

    private void connect(int user, String kind) throws IOException {
        Device device = kind.equals("iphone")
                ? Device.ofVersion1(gateway(random.nextInt(2)), users.get(user), kind)
                : Device.signedIn(gateway(random.nextInt(2)), users.get(user), kind);
        devices.put(user + " " + kind, device);
    }

    private void makeGroup(int owner) throws IOException {
        Device device = devices.get(owner + " desktop");
        long other = users.get(owner + 1);
        long group = device.makeGroup("model", other);
        groups.add(group);
        String conversation = UnreadModel.group(group);
        model.stored(conversation, device.user());
        model.joined(conversation, device.user(), 0);
        model.joined(conversation, other, 0);
    }

    private Device anyDevice() {
        List<Device> all = new ArrayList<>(devices.values());
        return all.get(random.nextInt(all.size()));
    }

    private void sayToUser() throws IOException {
        Device device = anyDevice();
        long to = users.get(random.nextInt(USERS));
        did("says", device, to);
        status(200, device.client().say(device.user(), to, "x"));
        String conversation = UnreadModel.pair(device.user(), to);
        model.joined(conversation, device.user(), 0);
        model.joined(conversation, to, 0);
        model.stored(conversation, device.user());
    }

    private void sayToGroup() throws IOException {
        Device device = anyDevice();
        long group = groups.get(random.nextInt(2));
        String conversation = UnreadModel.group(group);
        boolean member = model.isIn(conversation, device.user());
        did("writes", device, group);
        status(member ? 200 : 403, device.say(group, "x"));
        if (member) {
            model.stored(conversation, device.user());
        }
    }

    private void read() throws IOException {
        Device device = anyDevice();
        if (random.nextBoolean()) {
            long group = groups.get(random.nextInt(2));
            String conversation = UnreadModel.group(group);
            boolean member = model.isIn(conversation, device.user());
            long upTo = 1 + random.nextInt((int) model.newest(conversation) + 2);
            did("reads", device, group);
            status(member ? 200 : 403, device.read(group, upTo));
            if (member) {
                model.read(conversation, device.user(), Math.min(upTo, model.newest(conversation)));
            }
            return;
        }
        long partner = users.get(random.nextInt(USERS));
        String conversation = UnreadModel.pair(device.user(), partner);
        long upTo = 1 + random.nextInt((int) model.newest(conversation) + 2);
        did("reads", device, partner);
        device.client()
                .send(
                        READ_ACK,
                        object().put("r_id", 1)
                                .put("user_id", Long.toString(device.user()))
                                .put("remote_id", Long.toString(partner))
                                .put("type", 2)
                                .put("msg_id", upTo));
        status(200, device.client().expect(READ_ACK_RESPONSE));
        model.read(conversation, device.user(), Math.min(upTo, model.newest(conversation)));
    }

    private void pull() throws IOException {
        Device device = anyDevice();
        int limit = 1 + random.nextInt(5);
        if (random.nextBoolean()) {
            long group = groups.get(random.nextInt(2));
            String conversation = UnreadModel.group(group);
            did("pulls", device, group);
            JsonNode answer = device.pull(group, -1, 0, limit);
            if (!model.isIn(conversation, device.user())) {
                status(403, answer);
                return;
            }
            long newest = model.newest(conversation);
            long readable = newest - model.since(conversation, device.user());
            assertThat(answer.path("msgs")).hasSize((int) Math.min(limit, readable));
            assertThat(answer.path("msgs").get(0).path("msg_id").asLong()).isEqualTo(newest);
            model.read(conversation, device.user(), newest);
            return;
        }
        long partner = users.get(random.nextInt(USERS));
        String conversation = UnreadModel.pair(device.user(), partner);
        did("pulls", device, partner);
        JsonNode answer = device.client().pull(device.user(), partner, -1, 0, limit);
        assertThat(answer.path("msgs")).hasSize((int) Math.min(limit, model.newest(conversation)));
        model.read(conversation, device.user(), model.newest(conversation));
    }

    private void changeMembers() throws IOException {
        int owner = random.nextInt(2);
        Device device = devices.get(owner + " desktop");
        if (device == null) {
            return;
        }
        long group = groups.get(owner);
        String conversation = UnreadModel.group(group);
        long user = users.get((owner + 1 + random.nextInt(USERS - 1)) % USERS);
        boolean member = model.isIn(conversation, user);
        did(member ? "removes" : "adds", device, user);
        status(200, device.changeGroup(member ? "remove" : "add", group, Device.users(user)));
        if (member) {
            model.left(conversation, user);
        } else {
            model.joined(conversation, user, model.newest(conversation));
        }
        model.stored(conversation, device.user());
    }

    private void reconnect() throws IOException {
        int user = random.nextInt(USERS);
        String kind = random.nextBoolean() ? "desktop" : "iphone";
        Device device = devices.remove(user + " " + kind);
        if (device == null || devices.isEmpty()) {
            connect(user, kind);
            did("connects", devices.get(user + " " + kind), 0);
        } else {
            did("disconnects", device, 0);
            device.close();
        }
    }

    private void did(String what, Device device, long whom) {
        done.add(what + " " + device.user() + " " + whom);
    }

    private void check() throws IOException {
        for (Device device : devices.values()) {
            ObjectNode request = object().put("r_id", device.client().newRequestId())
                    .put("user_id", Long.toString(device.user()))
                    .put("offset", 0)
                    .put("limit", 100)
                    .put("type", 1);
            device.client().send(SYNC_UNREAD, request);
        }
        for (Map.Entry<String, Device> device : devices.entrySet()) {
            long user = device.getValue().user();
            Map<String, String> listed = new TreeMap<>();
            for (JsonNode entry :
                    device.getValue().client().expect(SYNC_UNREAD_RESPONSE).path("unreads")) {
                String conversation = entry.path("type").asInt() == 3
                        ? UnreadModel.group(entry.path("group_id").asLong())
                        : UnreadModel.pair(user, entry.path("remote_id").asLong());
                listed.put(
                        conversation,
                        entry.path("msg_id").asLong() + ": "
                                + entry.path("count").asLong());
            }
            assertThat(listed)
                    .as("device %s of user %s after step %d: %s", device.getKey(), user, done.size(), last())
                    .isEqualTo(model.listed(user));
        }
    }

    private String last() {
        return done.isEmpty() ? "" : done.get(done.size() - 1);
    }
}
