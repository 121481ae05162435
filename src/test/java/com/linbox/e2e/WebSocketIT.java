package com.linbox.e2e;

import static com.linbox.testing.WebSocketClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.JarProcess;
import com.linbox.testing.WebSocketClient;
import com.linbox.testing.WireClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes through a WebSocket goes the whole way, beside clients that are connected otherwise. */
@Timeout(120)
class WebSocketIT {

    private final StandaloneInTest server = StandaloneInTest.get();
    private final long alice = MessagingScenarios.newUser();
    private final long bob = MessagingScenarios.newUser();

    private WebSocketClient browser(long user) {
        return WebSocketClient.connect(server.webSocketClients()).signedInAs(user);
    }

    @Test
    void messagesAreStoredDeliveredAndKept() {
        try (WebSocketClient a = browser(alice);
                WebSocketClient b = browser(bob)) {
            JsonNode stored = a.say(alice, bob, "hello \uD83D\uDE00");
            assertThat(stored.path("status").asInt()).isEqualTo(200);
            assertThat(stored.path("msg_id").asLong()).isEqualTo(1);

            JsonNode told = b.expect("NewMessage");
            assertThat(told.path("remote_id").asLong()).isEqualTo(alice);
            assertThat(told.path("msg").path("content").asString()).isEqualTo("hello \uD83D\uDE00");

            b.send("SyncUnreadRequest", of(b, bob).put("type", 1).put("limit", 10));
            assertThat(b.expect("SyncUnreadResponse")
                            .path("unreads")
                            .get(0)
                            .path("count")
                            .asInt())
                    .isEqualTo(1);
            b.send("PullOldMsgRequest", of(b, bob, alice).put("limit", 10).put("max_msg_id", -1));
            JsonNode history = b.expect("PullOldMsgResponse").path("msgs");
            assertThat(history).hasSize(1);
            assertThat(history.get(0).path("content").asString()).isEqualTo("hello \uD83D\uDE00");

            // Version 2's own.
            assertThat(a.expect("ReadReceipt").path("msg_id").asLong()).isEqualTo(1);
        }
    }

    @Test
    void aRetryOverAnotherTransportIsTheSameMessage() throws Exception {
        try (WebSocketClient a = browser(alice);
                WireClient over = WireClient.ofVersion2(server.clients())) {
            ObjectNode request = WireClient.message(alice, bob, 77, "once");
            a.send("SendMsgRequest", request.deepCopy());
            long msgId = a.expect("SendMsgResponse").path("msg_id").asLong();
            over.signIn(alice, "any", "desktop");
            over.send(WireClient.SEND, request);
            assertThat(over.expect(WireClient.SEND_RESPONSE).path("msg_id").asLong())
                    .isEqualTo(msgId);
        }
    }

    @Test
    void twoDevicesOfAUserHearOfEachOtherWhateverTheyAreConnectedBy() throws Exception {
        try (WireClient phone = new WireClient(server.clients());
                WebSocketClient web = browser(alice);
                WireClient partner = WireClient.signedIn(server.clients(), bob)) {
            phone.signIn(alice, "any", "iphone");
            web.say(alice, bob, "from the web");
            assertThat(phone.expect(WireClient.NEW_MESSAGE)
                            .path("msg")
                            .path("content")
                            .asString())
                    .isEqualTo("from the web");
            partner.expect(WireClient.NEW_MESSAGE);

            phone.say(alice, bob, "from the phone");
            assertThat(web.expect("NewMessage").path("msg").path("content").asString())
                    .isEqualTo("from the phone");
            partner.say(bob, alice, "to both");
            assertThat(web.expect("NewMessage").path("msg").path("content").asString())
                    .isEqualTo("to both");
            assertThat(phone.expect(WireClient.NEW_MESSAGE)
                            .path("msg")
                            .path("content")
                            .asString())
                    .isEqualTo("to both");
        }
    }

    @Test
    void aNewerSignInOfTheSameKindEndsTheOlderOneWhateverItIsConnectedBy() throws Exception {
        try (WebSocketClient older = browser(alice);
                WireClient newer = WireClient.ofVersion2(server.clients())) {
            assertThat(newer.signIn(alice, "any", "web").path("status").asInt()).isEqualTo(200);
            assertThat(older.expect("OfflineInfo").path("reason").asString()).isNotEmpty();
            assertThat(older.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aGroupIsMadeAndTalkedIn() {
        try (WebSocketClient a = browser(alice);
                WebSocketClient b = browser(bob)) {
            ObjectNode create = of(a, alice).put("action", "create").put("name", "friends");
            create.putArray("users").add(Long.toString(bob));
            a.send("GroupChangeRequest", create);
            String group = a.expect("GroupChangeResponse").path("group_id").asString();
            assertThat(b.expect("NewMessage").path("msg").path("mime_type").asString())
                    .isEqualTo("application/vnd.linbox.group-event+json");

            ObjectNode send = of(a, alice).put("group_id", group).put("type", 3);
            send.putObject("msg").put("r_id", 5).put("content", "hello all");
            a.send("SendMsgRequest", send);
            assertThat(a.expect("SendMsgResponse").path("status").asInt()).isEqualTo(200);
            JsonNode told = b.expect("NewMessage");
            assertThat(told.path("user_id").asLong()).isEqualTo(bob);
            assertThat(told.path("msg").path("content").asString()).isEqualTo("hello all");
        }
    }

    /** The tool that the cost of connections by WebSocket is held against that of others with. */
    @Test
    void theLoadGeneratorMakesItsLoadByWebSocket(@TempDir Path folder) throws Exception {
        try (JarProcess bench = JarProcess.start(
                folder,
                "--spring.profiles.active=bench",
                "--transport=ws",
                "--port=" + server.webSocketClients().getPort(),
                "--pairs=3",
                "--connections=20",
                "--rate=50",
                "--warmup=1s",
                "--duration=3s")) {
            assertThat(bench.awaitExit()).as(bench.said()).isZero();
        }
    }

    private static ObjectNode of(WebSocketClient client, long user) {
        return object().put("r_id", client.newRequestId()).put("user_id", Long.toString(user));
    }

    private static ObjectNode of(WebSocketClient client, long user, long partner) {
        return of(client, user).put("remote_id", Long.toString(partner)).put("type", 2);
    }
}
