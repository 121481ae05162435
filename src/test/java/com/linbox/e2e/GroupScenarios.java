package com.linbox.e2e;

import static com.linbox.e2e.Device.users;
import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.WireClient;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
            assertThat(b.pull(group, 100, 0, 10).path("msgs"))
                    .extracting(message -> message.path("msg_id").asLong())
                    .containsExactly(5L, 4L);

            a.changeGroup("update", group, object().put("history", "all"));
            assertThat(b.unread(group)).isEqualTo(3);
            assertThat(b.pull(group, 100, 0, 10).path("msgs")).hasSize(6);
        }
    }
}
