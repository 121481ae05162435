package com.linbox.e2e;

import static com.linbox.testing.WireClient.SYNC_SYSTEM_UNREAD;
import static com.linbox.testing.WireClient.SYNC_SYSTEM_UNREAD_RESPONSE;
import static com.linbox.testing.WireClient.SYSTEM_MESSAGE;
import static com.linbox.testing.WireClient.SYSTEM_UNREAD_ACK;
import static com.linbox.testing.WireClient.SYSTEM_UNREAD_ACK_RESPONSE;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.BackEnd;
import com.linbox.testing.WireClient;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a back end tells its users, from its call to their sockets, whatever the deployment. Every test has users of its own. */
abstract class SystemMessageScenarios {

    /** Gateway 0 or 1; where there is only one, both are it. */
    protected abstract InetSocketAddress gateway(int number);

    protected abstract BackEnd backEnd();

    @Test
    void whoWasOfflineGetsThemInOrderOnEveryDeviceAtItsSignIn() throws Exception {
        long alice = MessagingScenarios.newUser();
        for (String content : List.of("one", "two", "three")) {
            assertThat(backEnd().tell(30, content, alice)).isZero();
        }
        try (WireClient phone = new WireClient(gateway(0));
                WireClient desktop = new WireClient(gateway(1))) {
            phone.signIn(alice, "any", "iphone");
            List<Long> told = new ArrayList<>();
            for (String content : List.of("one", "two", "three")) {
                JsonNode message = phone.expect(SYSTEM_MESSAGE);
                assertThat(message.path("system_type").asInt()).isEqualTo(30);
                assertThat(message.path("content").asString()).isEqualTo(content);
                assertThat(message.path("send_time").asLong()).isPositive();
                told.add(message.path("msg_id").asLong());
            }
            assertThat(told).doesNotHaveDuplicates().isSorted();

            desktop.signIn(alice, "any", "desktop");
            List<Long> toldToo = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                toldToo.add(desktop.expect(SYSTEM_MESSAGE).path("msg_id").asLong());
            }
            assertThat(toldToo).isEqualTo(told);
        }
    }

    @Test
    void devicesThatAreOnlineGetThemAtOnce() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (WireClient phone = new WireClient(gateway(0));
                WireClient desktop = new WireClient(gateway(1));
                WireClient b = WireClient.signedIn(gateway(1), bob)) {
            phone.signIn(alice, "any", "iphone");
            desktop.signIn(alice, "any", "desktop");

            assertThat(backEnd().tell(110, "certified", alice, bob)).isEqualTo(3);
            assertThat(backEnd().tell(110, "again", alice)).isEqualTo(2);
            for (WireClient device : List.of(phone, desktop)) {
                assertThat(device.expect(SYSTEM_MESSAGE).path("content").asString())
                        .isEqualTo("certified");
                assertThat(device.expect(SYSTEM_MESSAGE).path("content").asString())
                        .isEqualTo("again");
            }
            assertThat(b.expect(SYSTEM_MESSAGE).path("content").asString()).isEqualTo("certified");
        }
    }

    @Test
    void theyAreCountedByTypeUntilTheyAreAcknowledged() throws Exception {
        long alice = MessagingScenarios.newUser();
        try (WireClient a = WireClient.signedIn(gateway(0), alice)) {
            assertThat(systemUnreads(a, alice)).containsExactly("10 {\"unread\":0}", "30 {\"unread\":0}");
            backEnd().tell(30, "notice", alice);
            backEnd().tell(30, "notice", alice);
            backEnd().tell(140, "job", alice);
            assertThat(systemUnreads(a, alice))
                    .containsExactly("10 {\"unread\":0}", "30 {\"unread\":2}", "140 {\"unread\":1}");

            JsonNode ack =
                    acknowledge(a, object().put("r_id", 8).put("user_id", alice).put("type", 30));
            assertThat(ack).isEqualTo(object().put("r_id", 8).put("status", 200));
            assertThat(systemUnreads(a, alice))
                    .containsExactly("10 {\"unread\":0}", "30 {\"unread\":0}", "140 {\"unread\":1}");
            JsonNode toTheBackEnd = backEnd().call("HistoryService/systemUnread", "{'userId':'" + alice + "'}");
            assertThat(toTheBackEnd.path("types").get(2).path("systemType").asInt())
                    .isEqualTo(140);
            assertThat(toTheBackEnd.path("types").get(2).path("unread").asInt()).isEqualTo(1);

            JsonNode refused = acknowledge(a, object().put("r_id", 9).put("user_id", alice));
            assertThat(refused.path("status").asInt()).isEqualTo(400);
            assertThat(refused.path("err_msg").asString()).startsWith("type");
        }
    }

    private static List<String> systemUnreads(WireClient client, long user) throws Exception {
        client.send(SYNC_SYSTEM_UNREAD, object().put("r_id", 4).put("user_id", Long.toString(user)));
        JsonNode response = client.expect(SYNC_SYSTEM_UNREAD_RESPONSE);
        assertThat(response.path("status").asInt()).isEqualTo(200);
        List<String> unreads = new ArrayList<>();
        response.path("unreads")
                .forEach(unread -> unreads.add(unread.path("system_type").asInt() + " "
                        + unread.path("content").asString()));
        return unreads;
    }

    private static JsonNode acknowledge(WireClient client, JsonNode request) throws Exception {
        client.send(SYSTEM_UNREAD_ACK, request);
        return client.expect(SYSTEM_UNREAD_ACK_RESPONSE);
    }
}
