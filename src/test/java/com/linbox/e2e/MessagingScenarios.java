package com.linbox.e2e;

import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.OFFLINE_INFO;
import static com.linbox.testing.WireClient.PING;
import static com.linbox.testing.WireClient.PONG;
import static com.linbox.testing.WireClient.PRESENCE_CHANGED;
import static com.linbox.testing.WireClient.PULL_RESPONSE;
import static com.linbox.testing.WireClient.READ_ACK;
import static com.linbox.testing.WireClient.READ_ACK_RESPONSE;
import static com.linbox.testing.WireClient.SEND;
import static com.linbox.testing.WireClient.SEND_RESPONSE;
import static com.linbox.testing.WireClient.message;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.WireClient;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What users do, mostly in version 1, through sockets, whatever the deployment. Every test has users of its own, so that tests
 * need not know of each other.
 */
abstract class MessagingScenarios {

    private static final AtomicLong USERS = new AtomicLong(System.currentTimeMillis());

    /** Gateway 0 or 1; where there is only one, both are it. */
    protected abstract InetSocketAddress gateway(int number);

    static long newUser() {
        return USERS.incrementAndGet();
    }

    @Test
    void usersOnDifferentGatewaysChat() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient a = WireClient.signedIn(gateway(0), alice);
                WireClient b = WireClient.signedIn(gateway(1), bob)) {
            JsonNode stored = a.say(alice, bob, "hello");
            assertThat(stored.path("status").asInt()).isEqualTo(200);
            assertThat(stored.path("msg_id").asLong()).isEqualTo(1);
            assertThat(stored.path("remote_id").asString()).isEqualTo(Long.toString(bob));

            JsonNode pushed = b.expect(NEW_MESSAGE);
            assertThat(pushed.path("user_id").asString()).isEqualTo(Long.toString(bob));
            assertThat(pushed.path("remote_id").asString()).isEqualTo(Long.toString(alice));
            assertThat(pushed.path("type").asInt()).isEqualTo(2);
            assertThat(pushed.path("msg").path("content").asString()).isEqualTo("hello");
            assertThat(pushed.path("msg").path("msg_id").asLong()).isEqualTo(1);
            assertThat(pushed.path("msg").path("send_time").asLong())
                    .isEqualTo(stored.path("send_time").asLong());

            assertThat(b.say(bob, alice, "hi").path("msg_id").asLong()).isEqualTo(2);
            assertThat(a.expect(NEW_MESSAGE).path("msg").path("content").asString())
                    .isEqualTo("hi");
        }
    }

    @Test
    void newerSignInTakesOverAcrossGateways() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient first = WireClient.signedIn(gateway(0), alice);
                WireClient second = WireClient.signedIn(gateway(1), alice);
                WireClient b = WireClient.signedIn(gateway(0), bob)) {
            assertThat(first.expect(OFFLINE_INFO).path("reason").asString()).isNotBlank();
            assertThat(first.readToEnd()).isEmpty();
            b.say(bob, alice, "to the newer one");
            assertThat(second.expect(NEW_MESSAGE).path("msg").path("content").asString())
                    .isEqualTo("to the newer one");
            try (WireClient third = WireClient.signedIn(gateway(1), alice)) {
                assertThat(second.expect(OFFLINE_INFO).path("reason").asString())
                        .isNotBlank();
                b.say(bob, alice, "to the newest one");
                assertThat(third.expect(NEW_MESSAGE).path("msg").path("content").asString())
                        .isEqualTo("to the newest one");
            }
        }
    }

    @Test
    void whoWantsToKnowIsToldWhenAUserComesAndGoesOnWhateverGateway() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient a = WireClient.ofVersion2(gateway(0)).signedInAs(alice)) {
            JsonNode before = a.subscribePresence(alice, bob, alice);
            assertThat(before.path("status").asInt()).isEqualTo(200);
            assertThat(before.path("users").get(0).path("online").asBoolean()).isFalse();
            assertThat(before.path("users").get(1).path("online").asBoolean()).isTrue();

            try (WireClient b = WireClient.signedIn(gateway(1), bob)) {
                JsonNode came = a.expect(PRESENCE_CHANGED);
                assertThat(came.path("remote_id").asString()).isEqualTo(Long.toString(bob));
                assertThat(came.path("online").asBoolean()).isTrue();
            }
            JsonNode went = a.expect(PRESENCE_CHANGED);
            assertThat(went.path("user_id").asString()).isEqualTo(Long.toString(alice));
            assertThat(went.path("remote_id").asString()).isEqualTo(Long.toString(bob));
            assertThat(went.path("online").asBoolean()).isFalse();
        }
    }

    @Test
    void everyDeviceOfAUserSeesWhatTheOthersSendAndGet() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient phone = new WireClient(gateway(0));
                WireClient desktop = new WireClient(gateway(1));
                WireClient b = WireClient.signedIn(gateway(1), bob)) {
            assertThat(phone.signIn(alice, "any", "iphone").path("status").asInt())
                    .isEqualTo(200);
            assertThat(desktop.signIn(alice, "any", "desktop").path("status").asInt())
                    .isEqualTo(200);

            b.say(bob, alice, "to all of you");
            for (WireClient device : List.of(phone, desktop)) {
                JsonNode news = device.expect(NEW_MESSAGE);
                assertThat(news.path("msg").path("content").asString()).isEqualTo("to all of you");
                assertThat(news.path("remote_id").asString()).isEqualTo(Long.toString(bob));
            }

            phone.say(alice, bob, "from the phone");
            JsonNode own = desktop.expect(NEW_MESSAGE);
            assertThat(own.path("msg").path("content").asString()).isEqualTo("from the phone");
            assertThat(own.path("remote_id").asString()).isEqualTo(Long.toString(bob));
            for (WireClient device : List.of(phone, desktop)) {
                assertThat(device.unread(alice, bob)).isZero();
            }

            // Another phone takes the phone's place, and nobody else's.
            try (WireClient otherPhone = new WireClient(gateway(1))) {
                otherPhone.signIn(alice, "any", "iPhone");
                assertThat(phone.expect(OFFLINE_INFO).path("reason").asString()).isNotBlank();
                b.say(bob, alice, "still there?");
                for (WireClient device : List.of(otherPhone, desktop)) {
                    assertThat(device.expect(NEW_MESSAGE)
                                    .path("msg")
                                    .path("content")
                                    .asString())
                            .isEqualTo("still there?");
                }
            }
        }
    }

    @Test
    void whoWasOfflineComesBackAndFindsEverything() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient b = WireClient.signedIn(gateway(1), bob)) {
            assertThat(b.unread(bob, alice)).isEqualTo(-1);
        }
        try (WireClient a = WireClient.signedIn(gateway(0), alice)) {
            for (int i = 1; i <= 5; i++) {
                assertThat(a.say(alice, bob, "message " + i).path("msg_id").asLong())
                        .isEqualTo(i);
            }
            assertThat(a.unread(alice, bob)).as("own messages are read").isZero();
        }
        try (WireClient b = WireClient.signedIn(gateway(0), bob)) {
            JsonNode unreads = b.syncUnread(bob, 0, 20).path("unreads");
            assertThat(unreads).hasSize(1);
            assertThat(unreads.get(0).path("count").asLong()).isEqualTo(5);
            assertThat(unreads.get(0).path("msg_id").asLong()).isEqualTo(5);
            assertThat(unreads.get(0).path("remote_id").asString()).isEqualTo(Long.toString(alice));
            assertThat(unreads.get(0).path("msg").path("content").asString()).isEqualTo("message 5");

            assertThat(b.pull(bob, alice, 2, 0, 20).path("msgs")).hasSize(2);
            assertThat(b.unread(bob, alice))
                    .as("a pull of older messages reads nothing")
                    .isEqualTo(5);
            JsonNode newest = b.pull(bob, alice, -1, 0, 3).path("msgs");
            assertThat(ids(newest)).containsExactly(5L, 4L, 3L);
            assertThat(b.unread(bob, alice))
                    .as("a pull of the newest marks them read")
                    .isZero();
        }
    }

    @Test
    void readPositionNeverMovesBackNorBeyondTheNewest() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient a = WireClient.signedIn(gateway(0), alice);
                WireClient b = WireClient.signedIn(gateway(1), bob)) {
            for (int i = 0; i < 4; i++) {
                a.say(alice, bob, "text");
            }
            readUpTo(b, bob, alice, 3);
            assertThat(b.unread(bob, alice)).isEqualTo(1);
            readUpTo(b, bob, alice, 1);
            assertThat(b.unread(bob, alice)).isEqualTo(1);
            readUpTo(b, bob, alice, 1_000);
            assertThat(b.unread(bob, alice)).isZero();
            a.say(alice, bob, "after an acknowledgement from the future");
            assertThat(b.unread(bob, alice)).isEqualTo(1);
            b.say(bob, alice, "who sends has read");
            assertThat(b.unread(bob, alice)).isZero();
            assertThat(a.unread(alice, bob)).isEqualTo(1);
        }
    }

    private static void readUpTo(WireClient client, long user, long partner, long msgId) throws Exception {
        client.send(
                READ_ACK,
                object().put("r_id", 1)
                        .put("user_id", Long.toString(user))
                        .put("remote_id", Long.toString(partner))
                        .put("type", 2)
                        .put("msg_id", msgId));
        assertThat(client.expect(READ_ACK_RESPONSE).path("status").asInt()).isEqualTo(200);
    }

    @Test
    void retryAfterTheResponseWasLostStoresNothing() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient a = WireClient.signedIn(gateway(0), alice)) {
            a.send(SEND, message(alice, bob, 77, "once"));
        }
        try (WireClient a = WireClient.signedIn(gateway(1), alice)) {
            a.send(SEND, message(alice, bob, 77, "once"));
            JsonNode retried = a.expect(SEND_RESPONSE);
            assertThat(retried.path("status").asInt()).isEqualTo(200);
            assertThat(retried.path("msg_id").asLong()).isEqualTo(1);
            a.send(SEND, message(alice, bob, 77, "once"));
            JsonNode again = a.expect(SEND_RESPONSE);
            assertThat(again.path("msg_id").asLong()).isEqualTo(1);
            assertThat(again.path("msg_r_id").asLong()).isEqualTo(77);
            assertThat(again.path("send_time").asLong())
                    .isEqualTo(retried.path("send_time").asLong());
            assertThat(a.say(alice, bob, "next").path("msg_id").asLong()).isEqualTo(2);
            assertThat(ids(a.pull(alice, bob, -1, 0, 20).path("msgs"))).containsExactly(2L, 1L);
        }
    }

    @Test
    void tenThousandMessagesAreDenseInTheSendersOrder() throws Exception {
        long alice = newUser();
        long bob = newUser();
        int total = 10_000;
        int window = 200;
        try (WireClient a = WireClient.signedIn(gateway(0), alice)) {
            for (int sent = 0, answered = 0; answered < total; ) {
                while (sent < total && sent - answered < window) {
                    sent++;
                    a.send(SEND, message(alice, bob, sent, "message " + sent));
                }
                JsonNode response = a.expect(SEND_RESPONSE);
                answered++;
                assertThat(response.path("status").asInt()).isEqualTo(200);
                assertThat(response.path("msg_id").asLong())
                        .isEqualTo(response.path("msg_r_id").asLong());
            }
        }
        try (WireClient b = WireClient.signedIn(gateway(1), bob)) {
            assertThat(b.unread(bob, alice)).isEqualTo(total);
            long expected = total;
            for (long max = -1; expected > 0; max = expected) {
                JsonNode messages = b.pull(bob, alice, max, 0, 200).path("msgs");
                assertThat(messages).as("messages up to %d", expected).isNotEmpty();
                for (JsonNode message : messages) {
                    assertThat(message.path("msg_id").asLong()).isEqualTo(expected);
                    assertThat(message.path("content").asString()).isEqualTo("message " + expected);
                    expected--;
                }
            }
            assertThat(b.pull(bob, alice, 0, 0, 200).path("msgs")).isEmpty();
            assertThat(b.unread(bob, alice)).isZero();
        }
    }

    @Test
    void thousandsOfConversationsArePagedNewestFirst() throws Exception {
        long alice = newUser();
        int conversations = 2_000;
        int window = 100;
        List<Long> partners = new ArrayList<>();
        Set<String> answered = new HashSet<>();
        try (WireClient a = WireClient.signedIn(gateway(0), alice)) {
            for (int sent = 0; answered.size() < conversations; ) {
                while (sent < conversations && sent - answered.size() < window) {
                    partners.add(newUser());
                    a.send(SEND, message(alice, partners.get(sent), 1, "to number " + sent));
                    sent++;
                }
                JsonNode response = a.expect(SEND_RESPONSE);
                assertThat(response.path("status").asInt()).isEqualTo(200);
                assertThat(answered.add(response.path("remote_id").asString()))
                        .as("answered once: %s", response)
                        .isTrue();
            }
            Set<String> found = new HashSet<>();
            long newerTime = Long.MAX_VALUE;
            int offset = 0;
            do {
                JsonNode page = a.syncUnread(alice, offset, 150);
                assertThat(page.path("unreads")).isNotEmpty();
                for (JsonNode unread : page.path("unreads")) {
                    assertThat(found.add(unread.path("remote_id").asString()))
                            .as("listed once: %s", unread)
                            .isTrue();
                    long time = unread.path("msg").path("send_time").asLong();
                    assertThat(time).isPositive().isLessThanOrEqualTo(newerTime);
                    newerTime = time;
                }
                offset = page.path("offset").asInt();
            } while (offset != 0);
            assertThat(found).hasSize(conversations);
        }
    }

    @Test
    void anyUnicodeSurvivesByteForByte() throws Exception {
        long alice = newUser();
        long bob = newUser();
        String content = "😀👩‍👩‍👧‍👦🇩🇪 你好 שלום \u0000\u001f\u007f e\u0301 \uFFFF \"\\/\b\f\n\r\t 𝄞 \u202Emirror";
        try (WireClient a = WireClient.signedIn(gateway(0), alice);
                WireClient b = WireClient.signedIn(gateway(1), bob)) {
            a.say(alice, bob, content);
            assertThat(utf8(b.expect(NEW_MESSAGE).path("msg"))).isEqualTo(utf8(content));
            assertThat(utf8(b.pull(bob, alice, -1, 0, 1).path("msgs").get(0))).isEqualTo(utf8(content));
            assertThat(utf8(b.syncUnread(bob, 0, 1).path("unreads").get(0).path("msg")))
                    .isEqualTo(utf8(content));
        }
    }

    private static byte[] utf8(JsonNode message) {
        return utf8(message.path("content").asString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aClientThatWritesLooselyIsUnderstood() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient a = new WireClient(gateway(0))) {
            a.send(1, "{\"user_id\":" + alice + ",\"Token\":\"t\",\"port\":\"52100\",\"nobody_knows\":[{}]}");
            assertThat(a.expect(2).path("status").asInt()).isEqualTo(200);
            a.send(
                    SEND,
                    "{\"r_id\":5,\"user_id\":" + alice + ",\"remote_id\":" + bob
                            + ",\"group_id\":\"\",\"type\":2,\"msg\":{\"r_id\":6,\"content\":\"loose\"}}");
            JsonNode stored = a.expect(SEND_RESPONSE);
            assertThat(stored.path("status").asInt()).isEqualTo(200);
            assertThat(stored.path("r_id").asLong()).isEqualTo(5);
            assertThat(stored.path("msg_r_id").asLong()).isEqualTo(6);
            a.send(PING, "{\"r_id\":9,\"user_id\":" + alice + "}");
            assertThat(a.expect(PONG)).isEqualTo(object().put("r_id", 9));
        }
    }

    @Test
    void framesMayArriveSplitOrGlued() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient a = WireClient.signedIn(gateway(0), alice)) {
            byte[] first = a.frame(SEND, message(alice, bob, 1, "one").toString());
            byte[] second = a.frame(SEND, message(alice, bob, 2, "two").toString());
            byte[] glued = new byte[first.length + second.length];
            System.arraycopy(first, 0, glued, 0, first.length);
            System.arraycopy(second, 0, glued, first.length, second.length);
            a.sendBytes(glued);
            assertThat(a.expect(SEND_RESPONSE).path("msg_id").asLong()).isEqualTo(1);
            assertThat(a.expect(SEND_RESPONSE).path("msg_id").asLong()).isEqualTo(2);
            for (byte single : a.frame(SEND, message(alice, bob, 3, "three").toString())) {
                a.sendBytes(new byte[] {single});
            }
            assertThat(a.expect(SEND_RESPONSE).path("msg_id").asLong()).isEqualTo(3);
        }
    }

    @Test
    void requestsSentBeforeTheSignInIsAnsweredAreServed() throws Exception {
        long alice = newUser();
        long bob = newUser();
        try (WireClient a = new WireClient(gateway(0))) {
            a.send(1, object().put("user_id", Long.toString(alice)).put("token", "t"));
            a.send(SEND, message(alice, bob, 1, "in haste"));
            assertThat(a.expect(2).path("status").asInt()).isEqualTo(200);
            assertThat(a.expect(SEND_RESPONSE).path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void pullEchoesWhatTheClientWantsEchoed() throws Exception {
        long alice = newUser();
        try (WireClient a = WireClient.signedIn(gateway(0), alice)) {
            a.send(
                    7,
                    object().put("r_id", 4)
                            .put("user_id", Long.toString(alice))
                            .put("remote_id", "5")
                            .put("type", 2)
                            .put("max_msg_id", -1)
                            .put("max_msg_id_in_request", -1)
                            .put("request_type", 3));
            JsonNode response = a.expect(PULL_RESPONSE);
            assertThat(response.path("request_type").asInt()).isEqualTo(3);
            assertThat(response.path("max_msg_id_in_request").asInt()).isEqualTo(-1);
            assertThat(response.path("msgs").isArray()).isTrue();
            assertThat(response.path("msgs")).isEmpty();
        }
    }

    private static List<Long> ids(JsonNode messages) {
        List<Long> ids = new ArrayList<>();
        messages.forEach(message -> ids.add(message.path("msg_id").asLong()));
        return ids;
    }
}
