package com.linbox.e2e;

import static com.linbox.e2e.Device.users;
import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.WireClient;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What users do in groups, through sockets, whatever the deployment. Every test has users and groups of its own. */
abstract class GroupScenarios {

    private static final JsonMapper JSON = new JsonMapper();

    /** Gateway 0 or 1; where there is only one, both are it. */
    protected abstract InetSocketAddress gateway(int number);

    @Test
    void aMessageReachesEveryDeviceOfEveryMember() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        long carol = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice, "iphone");
                Device desktop = Device.signedIn(gateway(1), alice, "desktop");
                Device b = Device.signedIn(gateway(1), bob);
                WireClient old = WireClient.signedIn(gateway(0), carol)) {
            long group = a.makeGroup("friends", bob, carol);
            JsonNode made = JSON.readTree(b.hears());
            assertThat(made.path("action").asString()).isEqualTo("create");
            assertThat(made.path("name").asString()).isEqualTo("friends");
            assertThat(made.path("actor").asString()).isEqualTo(Long.toString(alice));
            assertThat(made.path("count").asInt()).isEqualTo(3);
            desktop.hears();
            old.expect(NEW_MESSAGE);

            JsonNode stored = a.say(group, "hello all");
            assertThat(stored.path("status").asInt()).isEqualTo(200);
            assertThat(stored.path("msg_id").asLong()).isEqualTo(2);

            assertThat(b.hears()).isEqualTo("hello all");
            assertThat(desktop.hears()).isEqualTo("hello all");
            JsonNode pushed = old.expect(NEW_MESSAGE);
            assertThat(pushed.path("user_id").asString()).isEqualTo(Long.toString(carol));
            assertThat(pushed.path("remote_id").asString()).isEqualTo(Long.toString(group));
            assertThat(pushed.path("group_id").asString()).isEqualTo(Long.toString(group));
            assertThat(pushed.path("type").asInt()).isEqualTo(3);
            assertThat(pushed.path("msg").path("from_user_id").asString()).isEqualTo(Long.toString(alice));
            assertThat(pushed.path("msg").path("msg_id").asLong()).isEqualTo(2);

            assertThat(a.heard()).isEmpty();
            assertThat(a.unread(group)).isZero();
            assertThat(desktop.unread(group)).isZero();
            assertThat(b.unread(group)).isEqualTo(2);
            assertThat(b.listedUnread(group)).isEqualTo(2);

            b.read(group, 1);
            assertThat(b.unread(group)).isEqualTo(1);
            assertThat(b.pull(group, -1, 0, 10).path("msgs"))
                    .extracting(message -> message.path("msg_id").asLong())
                    .containsExactly(2L, 1L);
            assertThat(b.unread(group)).isZero();
        }
    }

    @Test
    void strangersNeitherSendNorRead() throws Exception {
        long alice = MessagingScenarios.newUser();
        long stranger = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device s = Device.signedIn(gateway(1), stranger)) {
            long group = a.makeGroup("private");

            for (long id : List.of(group, group + 1)) {
                assertThat(s.say(id, "let me in").path("status").asInt()).isEqualTo(403);
                assertThat(s.pull(id, -1, 0, 10).path("status").asInt()).isEqualTo(403);
                assertThat(s.read(id, 1).path("status").asInt()).isEqualTo(403);
                assertThat(s.unread(id)).isEqualTo(-1);
                assertThat(s.changeGroup("add", id, users(stranger))
                                .path("status")
                                .asInt())
                        .isEqualTo(403);
                assertThat(s.ask(Device.GROUP_INFO, object().put("group_id", Long.toString(id)))
                                .path("status")
                                .asInt())
                        .isEqualTo(403);
            }
            assertThat(a.pull(group, -1, 0, 10).path("msgs")).hasSize(1);
        }
    }

    @Test
    void nobodyIsTrustedByTheirOwnWord() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob)) {
            long group = a.makeGroup("hers", bob);
            long said = a.say(group, "hers").path("msg_id").asLong();
            ObjectNode origin = object().put("trusted", true).put("user_id", Long.toString(alice));
            for (String action : List.of("update", "dissolve", "mute_all", "remove", "add", "role")) {
                ObjectNode forged = users(alice, bob)
                        .put("name", "his")
                        .put("role", "owner")
                        .put("until", -1)
                        .put("trusted", true)
                        .put("operator_id", Long.toString(alice))
                        .set("origin", origin);
                assertThat(b.changeGroup(action, group, forged).path("status").asInt())
                        .as(action)
                        .isEqualTo(403);
            }
            for (String action : List.of("recall", "edit")) {
                ObjectNode forged = object().put("action", action)
                        .put("group_id", Long.toString(group))
                        .put("type", 3)
                        .put("msg_id", said)
                        .put("content", "his")
                        .put("trusted", true)
                        .set("origin", origin);
                assertThat(b.ask(Device.CHANGE_MSG, forged).path("status").asInt())
                        .as(action)
                        .isEqualTo(403);
            }
            assertThat(b.pull(group, -1, 0, 10).path("msgs"))
                    .extracting(message -> message.path("content").asString())
                    .hasSize(2)
                    .first()
                    .isEqualTo("hers");
        }
    }

    @Test
    void whoIsPutOutGetsNothingMoreAndNeitherHasAnUnreadEntry() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        long carol = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob);
                Device c = Device.signedIn(gateway(1), carol)) {
            long group = a.makeGroup("three", bob, carol);
            a.say(group, "before");
            b.hears();
            assertThat(b.hears()).isEqualTo("before");

            assertThat(a.changeGroup("remove", group, users(bob)).path("status").asInt())
                    .isEqualTo(200);
            assertThat(JSON.readTree(b.hears()).path("action").asString()).isEqualTo("remove");
            a.say(group, "after");

            c.hears();
            assertThat(c.hears()).isEqualTo("before");
            assertThat(JSON.readTree(c.hears()).path("action").asString()).isEqualTo("remove");
            assertThat(c.hears()).isEqualTo("after");
            assertThat(b.heard()).isEmpty();
            assertThat(b.listedUnread(group)).isEqualTo(-1);
            assertThat(b.unread(group)).isEqualTo(-1);
            assertThat(b.pull(group, -1, 0, 10).path("status").asInt()).isEqualTo(403);
            assertThat(b.say(group, "hey").path("status").asInt()).isEqualTo(403);

            // Whoever comes back begins anew.
            a.changeGroup("add", group, users(bob));
            assertThat(JSON.readTree(b.hears()).path("action").asString()).isEqualTo("add");
            assertThat(b.unread(group)).isEqualTo(1);
            assertThat(b.pull(group, -1, 0, 10).path("msgs")).hasSize(1);
        }
    }

    @Test
    void aNewMemberSeesHistoryFromJoiningOnOrAllOfItAsTheGroupHasIt() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob)) {
            long group = a.makeGroup("history");
            a.say(group, "one");
            a.say(group, "two");
            a.changeGroup("add", group, users(bob));
            a.say(group, "three");

            assertThat(b.unread(group)).isEqualTo(2);
            assertThat(b.unreadEntry(group).path("since").asLong()).isEqualTo(3);
            assertThat(b.listedEntry(group).path("since").asLong()).isEqualTo(3);
            assertThat(a.unreadEntry(group).path("since").asLong(-1)).isZero();
            assertThat(b.pull(group, 100, 0, 10).path("msgs"))
                    .extracting(message -> message.path("msg_id").asLong())
                    .containsExactly(5L, 4L);

            a.changeGroup("update", group, object().put("history", "all"));
            assertThat(b.unread(group)).isEqualTo(3);
            assertThat(b.pull(group, 100, 0, 10).path("msgs")).hasSize(6);
        }
    }

    @Test
    void changesAreForThoseWhoseRoleAllowsThemAndAreToldInOrder() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        long carol = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob);
                Device c = Device.signedIn(gateway(0), carol)) {
            long group = a.makeGroup("team", bob);
            status(403, b.changeGroup("add", group, users(carol)));
            status(403, b.changeGroup("update", group, object().put("name", "mine")));
            status(
                    200,
                    a.changeGroup("update", group, object().put("name", "ours").put("invite", "members")));
            status(200, b.changeGroup("add", group, users(carol)));
            status(403, b.changeGroup("mute", group, users(carol).put("until", -1)));
            status(200, a.changeGroup("role", group, users(bob).put("role", "administrator")));
            status(200, b.changeGroup("mute", group, users(carol).put("until", -1)));
            JsonNode refused = c.say(group, "mmh");
            status(403, refused);
            assertThat(refused.path("err_msg").asString()).contains("may not send");
            status(200, b.changeGroup("mute", group, users(carol).put("until", 0)));
            status(200, c.say(group, "at last"));
            status(200, a.changeGroup("mute_all", group, object().put("until", -1)));
            status(403, c.say(group, "again"));
            status(200, b.say(group, "for administrators only"));
            status(200, a.changeGroup("role", group, users(bob).put("role", "owner")));
            status(403, a.changeGroup("dissolve", group, object()));
            status(200, c.changeGroup("leave", group, object()));
            status(200, b.changeGroup("dissolve", group, object()));
            status(403, a.say(group, "anybody here?"));
            assertThat(a.listedUnread(group)).isEqualTo(-1);

            List<String> events = new ArrayList<>();
            for (long id = 1; id <= 12; id++) {
                JsonNode message = b.hearsMessage();
                assertThat(message.path("msg_id").asLong()).isGreaterThanOrEqualTo(id);
                if (message.path("mime_type").asString().equals("application/vnd.linbox.group-event+json")) {
                    events.add(JSON.readTree(message.path("content").asString())
                            .path("action")
                            .asString());
                }
                if (events.contains("leave")) {
                    break;
                }
            }
            assertThat(events).containsExactly("create", "update", "role", "mute_all", "role", "leave");
            assertThat(JSON.readTree(c.hears()).path("action").asString()).isEqualTo("add");
        }
    }

    @Test
    void aGroupChangeThatComesTwiceIsOne() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice)) {
            JsonNode made = a.changeGroup("create", 0, object().put("r_id", 77).put("name", "once"));
            JsonNode again = a.changeGroup("create", 0, object().put("r_id", 77).put("name", "once"));
            long group = made.path("group_id").asLong();
            assertThat(again.path("group_id").asLong()).isEqualTo(group);
            status(200, again);
            assertThat(again.path("msg_id").asLong()).isEqualTo(1);

            JsonNode added = a.changeGroup("add", group, users(bob).put("r_id", 78));
            status(200, a.changeGroup("remove", group, users(bob).put("r_id", 79)));
            JsonNode addedAgain = a.changeGroup("add", group, users(bob).put("r_id", 78));
            assertThat(addedAgain.path("msg_id").asLong())
                    .isEqualTo(added.path("msg_id").asLong());
            assertThat(a.pull(group, -1, 0, 10).path("msgs")).hasSize(3);
            JsonNode info = a.ask(Device.GROUP_INFO, object().put("group_id", Long.toString(group)));
            assertThat(info.path("count").asInt()).isEqualTo(1);
            a.say(group, 80, "a message");
            status(409, a.changeGroup("update", group, object().put("r_id", 80).put("name", "a change")));
        }
    }

    @Test
    void aGroupTellsItsMembersWhatItIsLike() throws Exception {
        long alice = MessagingScenarios.newUser();
        long[] others =
                LongStream.range(0, 7).map(i -> MessagingScenarios.newUser()).toArray();
        try (Device a = Device.signedIn(gateway(0), alice)) {
            long group = a.makeGroup("eight", others);
            status(200, a.changeGroup("mute", group, users(others[0]).put("until", -1)));
            Set<Long> members = new HashSet<>();
            String after = null;
            do {
                ObjectNode request =
                        object().put("group_id", Long.toString(group)).put("limit", 3);
                JsonNode page = a.ask(Device.GROUP_INFO, after == null ? request : request.put("after", after));
                assertThat(page.path("name").asString()).isEqualTo("eight");
                assertThat(page.path("count").asInt()).isEqualTo(8);
                assertThat(page.path("invite").asString()).isEqualTo("administrators");
                assertThat(page.path("history").asString()).isEqualTo("joined");
                for (JsonNode member : page.path("members")) {
                    long id = member.path("user_id").asLong();
                    members.add(id);
                    assertThat(member.path("role").asString()).isEqualTo(id == alice ? "owner" : "member");
                    assertThat(member.path("muted_until").asLong()).isEqualTo(id == others[0] ? -1 : 0);
                }
                after = page.path("after").isMissingNode()
                        ? null
                        : page.path("after").asString();
            } while (after != null);
            assertThat(members).hasSize(8).contains(alice, others[0], others[6]);
        }
    }

    @Test
    void whoHasReadAGroupsMessageIsToldToItsMembers() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        long carol = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob);
                Device c = Device.signedIn(gateway(1), carol)) {
            long group = a.makeGroup("readers", bob, carol);
            a.say(group, "two");
            a.say(group, "three");
            b.read(group, 3);
            c.read(group, 2);

            assertThat(readers(a, group, 3)).containsExactlyInAnyOrder(alice, bob);
            assertThat(readers(a, group, 2)).containsExactlyInAnyOrder(alice, bob, carol);
            a.changeGroup("remove", group, users(bob));
            assertThat(readers(a, group, 3)).containsExactly(alice);
        }
    }

    private static List<Long> readers(Device device, long group, long msgId) throws Exception {
        JsonNode answer = device.ask(
                Device.READERS,
                object().put("group_id", Long.toString(group)).put("type", 3).put("msg_id", msgId));
        status(200, answer);
        List<Long> readers = new ArrayList<>();
        answer.path("readers")
                .forEach(reader -> readers.add(reader.path("user_id").asLong()));
        return readers;
    }

    @Test
    void whoTypesInAGroupIsSeenByTheOthersThere() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob)) {
            long group = a.makeGroup("typing", bob);
            status(
                    200,
                    a.ask(
                            Device.TYPING_REQUEST,
                            object().put("group_id", Long.toString(group)).put("type", 3)));
            JsonNode typing = b.client().expect(Device.TYPING);
            assertThat(typing.path("from_user_id").asLong()).isEqualTo(alice);
            assertThat(typing.path("group_id").asLong()).isEqualTo(group);
            assertThat(a.pull(group, -1, 0, 10).path("msgs")).hasSize(1);
        }
    }

    static void status(int expected, JsonNode answer) {
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(expected);
    }
}
