package com.linbox.e2e;

import static com.linbox.e2e.GroupScenarios.status;
import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.READ_ACK;
import static com.linbox.testing.WireClient.READ_ACK_RESPONSE;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.WireClient;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What only users of version 2 can do, through sockets, whatever the deployment. */
abstract class VersionTwoScenarios {

    private static final JsonMapper JSON = new JsonMapper();

    /** Gateway 0 or 1; where there is only one, both are it. */
    protected abstract InetSocketAddress gateway(int number);

    @Test
    void readingIsToldToTheReadersOtherDevicesAndToThePartner() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device phone = Device.signedIn(gateway(1), bob, "iphone");
                Device desktop = Device.signedIn(gateway(0), bob, "desktop");
                WireClient old = new WireClient(gateway(0))) {
            old.signIn(bob, "any", "android");
            a.client().say(alice, bob, "one");
            a.client().say(alice, bob, "two");
            phone.client().send(READ_ACK, to(phone, alice).put("msg_id", 1));
            status(200, phone.client().expect(READ_ACK_RESPONSE));

            JsonNode receipt = a.client().expect(Device.READ_RECEIPT);
            assertThat(receipt.path("remote_id").asLong()).isEqualTo(bob);
            assertThat(receipt.path("msg_id").asLong()).isEqualTo(1);
            JsonNode moved = desktop.client().expect(Device.READ_MOVED);
            assertThat(moved.path("remote_id").asLong()).isEqualTo(alice);
            assertThat(moved.path("msg_id").asLong()).isEqualTo(1);

            // The newest pulled is read too; what is read already is told nobody.
            desktop.client().pull(bob, alice, -1, 0, 10);
            desktop.client().pull(bob, alice, -1, 0, 10);
            assertThat(a.client().expect(Device.READ_RECEIPT).path("msg_id").asLong())
                    .isEqualTo(2);
            assertThat(phone.client().expect(Device.READ_MOVED).path("msg_id").asLong())
                    .isEqualTo(2);
            a.client().say(alice, bob, "three");
            phone.client().expect(NEW_MESSAGE);
            assertThat(a.client().soFar(alice, Device.READ_RECEIPT)).isEmpty();
            assertThat(phone.client().soFar(bob, Device.READ_MOVED)).isEmpty();
            assertThat(old.soFar(bob, Device.READ_MOVED)).isEmpty();

            JsonNode readers = a.ask(Device.READERS, to(a, bob).put("msg_id", 2));
            assertThat(readers.path("readers")).hasSize(1);
            assertThat(a.ask(Device.READERS, to(a, bob).put("msg_id", 3)).path("readers"))
                    .isEmpty();
        }
    }

    @Test
    void typingReachesThePartnersDevicesOfVersionTwoOnly() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob);
                WireClient old = new WireClient(gateway(1))) {
            old.signIn(bob, "any", "android");
            status(200, a.ask(Device.TYPING_REQUEST, to(a, bob)));
            assertThat(b.client().expect(Device.TYPING).path("from_user_id").asLong())
                    .isEqualTo(alice);
            assertThat(b.client().unread(bob, alice)).isEqualTo(-1);
            a.client().say(alice, bob, "done");
            old.expect(NEW_MESSAGE);
            assertThat(old.soFar(bob, Device.TYPING)).isEmpty();
        }
    }

    @Test
    void anEditIsSeenByEveryDeviceAndInHistory() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob)) {
            long first = a.client().say(alice, bob, "helo").path("msg_id").asLong();
            JsonNode answer = a.ask(
                    Device.CHANGE_MSG,
                    to(a, bob).put("msg_id", first).put("action", "edit").put("content", "hello"));
            status(200, answer);
            assertThat(answer.path("change_msg_id").asLong()).isEqualTo(2);
            b.hears();
            JsonNode event = b.hearsMessage();
            assertThat(event.path("mime_type").asString()).isEqualTo("application/vnd.linbox.message-change+json");
            assertThat(event.path("msg_id").asLong()).isEqualTo(2);
            JsonNode change = JSON.readTree(event.path("content").asString());
            assertThat(change.path("action").asString()).isEqualTo("edit");
            assertThat(change.path("msg_id").asLong()).isEqualTo(first);
            assertThat(change.path("content").asString()).isEqualTo("hello");

            // Who was offline, with a client of version 1.
            try (WireClient old = new WireClient(gateway(0))) {
                old.signIn(bob, "any", "android");
                JsonNode history = old.pull(bob, alice, -1, 0, 10).path("msgs");
                assertThat(history).hasSize(2);
                assertThat(history.get(1).path("content").asString()).isEqualTo("hello");
                assertThat(history.get(1).path("mime_type").asString()).isEqualTo("text/plain");
                assertThat(history.get(0).path("msg_id").asLong()).isEqualTo(2);
            }
        }
    }

    @Test
    void aRecalledMessageIsEmptyForAllAndStaysSo() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob)) {
            long first = a.client().say(alice, bob, "oops").path("msg_id").asLong();
            status(
                    403,
                    b.ask(Device.CHANGE_MSG, to(b, alice).put("msg_id", first).put("action", "recall")));
            ObjectNode recall = to(a, bob).put("r_id", 99).put("msg_id", first).put("action", "recall");
            JsonNode recalled = a.ask(Device.CHANGE_MSG, recall.deepCopy());
            status(200, recalled);
            JsonNode again = a.ask(Device.CHANGE_MSG, recall);
            assertThat(again.path("change_msg_id").asLong()).isEqualTo(2);

            JsonNode history = b.client().pull(bob, alice, -1, 0, 10).path("msgs");
            assertThat(history).hasSize(2);
            assertThat(history.get(1).path("content").asString()).isEmpty();
            assertThat(history.get(1).path("mime_type").asString()).isEqualTo("application/vnd.linbox.recalled");
            status(
                    409,
                    a.ask(
                            Device.CHANGE_MSG,
                            to(a, bob)
                                    .put("msg_id", first)
                                    .put("action", "edit")
                                    .put("content", "back")));
            status(404, a.ask(Device.CHANGE_MSG, to(a, bob).put("msg_id", 50).put("action", "recall")));
        }
    }

    @Test
    void inAGroupAChangeIsSeenByTheMembers() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        long stranger = MessagingScenarios.newUser();
        try (Device a = Device.signedIn(gateway(0), alice);
                Device b = Device.signedIn(gateway(1), bob);
                Device s = Device.signedIn(gateway(1), stranger)) {
            long group = a.makeGroup("editing", bob);
            long msgId = a.say(group, "helo").path("msg_id").asLong();
            ObjectNode edit = object().put("group_id", Long.toString(group))
                    .put("type", 3)
                    .put("msg_id", msgId)
                    .put("action", "edit")
                    .put("content", "hello");
            status(403, s.ask(Device.CHANGE_MSG, edit.deepCopy()));
            status(403, b.ask(Device.CHANGE_MSG, edit.deepCopy()));
            status(200, a.ask(Device.CHANGE_MSG, edit));
            b.hears();
            b.hears();
            assertThat(JSON.readTree(b.hears()).path("content").asString()).isEqualTo("hello");
            assertThat(b.pull(group, msgId, 0, 1)
                            .path("msgs")
                            .get(0)
                            .path("content")
                            .asString())
                    .isEqualTo("hello");
            // Events are the server's to make, and nobody's to change.
            status(
                    409,
                    a.ask(Device.CHANGE_MSG, edit.deepCopy().put("r_id", 501).put("msg_id", 1)));
        }
    }

    private static ObjectNode to(Device device, long partner) {
        return object().put("r_id", device.client().newRequestId())
                .put("user_id", Long.toString(device.user()))
                .put("remote_id", Long.toString(partner))
                .put("type", 2);
    }
}
