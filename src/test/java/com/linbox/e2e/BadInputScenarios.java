package com.linbox.e2e;

import static com.linbox.testing.WireClient.NEW_MESSAGE;
import static com.linbox.testing.WireClient.OFFLINE_INFO;
import static com.linbox.testing.WireClient.PONG;
import static com.linbox.testing.WireClient.SEND;
import static com.linbox.testing.WireClient.SEND_RESPONSE;
import static com.linbox.testing.WireClient.message;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.WireClient;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What strangers and mistaken clients send: each thing has its answer, and nobody else notices. */
abstract class BadInputScenarios {

    protected abstract InetSocketAddress gateway();

    /** How often something was counted, from the server's own metrics: the sum over the given meter and tag. */
    protected abstract double counted(String meter, String tag, String value);

    @ParameterizedTest
    @CsvSource({"0, bad_length", "-1, bad_length", "2147483647, bad_length", "4097, bad_length"})
    void lengthsThatNoFrameHasCloseTheConnection(int length, String cause) throws Exception {
        expectClosed(header(1, 1, length), cause);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 65_535})
    void unknownVersionsCloseTheConnection(int version) throws Exception {
        expectClosed(header(version, 1, 16), "unknown_version");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 11, 20, 65_535})
    void typesThatNoClientSendsCloseTheConnection(int type) throws Exception {
        expectClosed(WireClient.staticFrame(type, "{}"), "unknown_type");
    }

    @Test
    void garbageClosesTheConnection() throws Exception {
        byte[] garbage = new byte[4_000];
        new Random(42).nextBytes(garbage);
        garbage[0] = 0x47;
        expectClosed(garbage, "unknown_version");
    }

    @Test
    void aWrongKeyClosesTheConnection() throws Exception {
        double before = counted("linbox.gateway.connections.closed", "cause", "undecryptable");
        try (WireClient stranger = new WireClient(gateway(), "another-pass-phr")) {
            stranger.send(1, object().put("user_id", "1").put("token", "t"));
            assertThat(stranger.readToEnd()).isEmpty();
        }
        assertThat(counted("linbox.gateway.connections.closed", "cause", "undecryptable"))
                .isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7, 9, 13, 16, 18})
    void aFirstPacketThatIsNoAuthRequestClosesTheConnection(int type) throws Exception {
        expectClosed(WireClient.staticFrame(type, "{\"user_id\":\"1\"}"), "not_signed_in_first");
    }

    private void expectClosed(byte[] bytes, String cause) throws Exception {
        double before = counted("linbox.gateway.connections.closed", "cause", cause);
        try (WireClient stranger = new WireClient(gateway())) {
            stranger.sendBytes(bytes);
            assertThat(stranger.readToEnd()).as("a stranger is told nothing").isEmpty();
        }
        assertThat(counted("linbox.gateway.connections.closed", "cause", cause)).isEqualTo(before + 1);
    }

    @Test
    void whoNeverSignsInIsClosed() throws Exception {
        double before = counted("linbox.gateway.connections.closed", "cause", "sign_in_too_slow");
        try (WireClient silent = new WireClient(gateway())) {
            silent.sendBytes(new byte[] {0, 1});
            assertThat(silent.readToEnd()).isEmpty();
        }
        assertThat(counted("linbox.gateway.connections.closed", "cause", "sign_in_too_slow"))
                .isEqualTo(before + 1);
    }

    @Test
    void aSilentConnectionIsClosedAndAPingKeepsOneOpen() throws Exception {
        long silent = MessagingScenarios.newUser();
        long alive = MessagingScenarios.newUser();
        try (WireClient quiet = WireClient.signedIn(gateway(), silent);
                WireClient pinging = WireClient.signedIn(gateway(), alive)) {
            long end = System.nanoTime() + idleTimeoutNanos() * 2;
            while (System.nanoTime() < end) {
                pinging.send(13, object().put("r_id", 1).put("user_id", Long.toString(alive)));
                pinging.expect(PONG);
            }
            assertThat(quiet.readToEnd()).isEmpty();
        }
    }

    /** The deployment's linbox.gateway.idle-timeout. */
    protected abstract long idleTimeoutNanos();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "7", "{", "{\"user_id\":", "{\"user_id\":{}}", "{} {}", "\u0000", "nonsense"})
    void jsonThatIsNoneIsAnsweredAndTheConnectionLivesOn(String json) throws Exception {
        long user = MessagingScenarios.newUser();
        try (WireClient client = WireClient.signedIn(gateway(), user)) {
            double before = counted("linbox.gateway.requests.rejected", "cause", "malformed_json");
            client.send(SEND, json);
            JsonNode response = client.expect(SEND_RESPONSE);
            assertThat(response.path("status").asInt()).isEqualTo(400);
            assertThat(response.path("err_msg").asString()).isNotBlank();
            assertThat(counted("linbox.gateway.requests.rejected", "cause", "malformed_json"))
                    .isEqualTo(before + 1);
            expectAlive(client, user);
        }
    }

    @Test
    void jsonThatIsNoneInAnAuthRequestIsAnsweredAndTheConnectionClosed() throws Exception {
        try (WireClient client = new WireClient(gateway())) {
            client.send(1, "[");
            Deque<WireClient.Received> received = client.readToEnd();
            assertThat(received).hasSize(1);
            assertThat(received.getFirst().type()).isEqualTo(2);
            assertThat(received.getFirst().json().path("status").asInt()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "0", "1.5", "1e3", " 1", "9223372036854775808", "١٢٣"})
    void aUserIdThatIsNoneIsRefusedAtSignIn(String userId) throws Exception {
        try (WireClient client = new WireClient(gateway())) {
            client.send(1, object().put("user_id", userId).put("token", "t"));
            JsonNode response = client.expect(2);
            assertThat(response.path("status").asInt()).isEqualTo(400);
            assertThat(response.path("err_msg").asString()).startsWith("user_id: ");
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "remote_id, , missing_field",
        "remote_id, abc, invalid_id",
        "remote_id, 9223372036854775808, invalid_id",
        "remote_id, -5, invalid_id",
        "type, , missing_field",
        "type, 1, unknown_conversation_type",
        "type, 4, unknown_conversation_type",
        "type, 0, unknown_conversation_type",
        "type, text, malformed_json",
        "msg, , missing_field",
        "msg.r_id, , missing_field",
        "msg.r_id, 1.5, malformed_json",
        "msg.mime_type, text/päin, invalid_value",
        "msg.mime_type, application/vnd.linbox.group-event+json, invalid_value",
    })
    void aSendWithAWrongFieldIsAnsweredWithItsName(String field, String value, String cause) throws Exception {
        long user = MessagingScenarios.newUser();
        try (WireClient client = WireClient.signedIn(gateway(), user)) {
            double before = counted("linbox.gateway.requests.rejected", "cause", cause);
            ObjectNode request = message(user, 5, 1, "text");
            String[] path = field.split("\\.");
            ObjectNode owner = path.length == 1 ? request : (ObjectNode) request.path(path[0]);
            String name = path[path.length - 1];
            owner.remove(name);
            if (value != null) {
                owner.put(name, value);
            }
            client.send(SEND, request);
            JsonNode response = client.expect(SEND_RESPONSE);
            assertThat(response.path("status").asInt()).isEqualTo(400);
            assertThat(response.path("err_msg").asString()).contains(field);
            assertThat(counted("linbox.gateway.requests.rejected", "cause", cause))
                    .isEqualTo(before + 1);
            expectAlive(client, user);
        }
    }

    @Test
    void contentOverTheLimitIsRefusedAndContentAtTheLimitIsNot() throws Exception {
        long user = MessagingScenarios.newUser();
        try (WireClient client = WireClient.signedIn(gateway(), user)) {
            String atLimit = "é".repeat(8 * 1024);
            assertThat(client.say(user, 5, atLimit).path("status").asInt()).isEqualTo(200);
            JsonNode response = client.say(user, 5, atLimit + "!");
            assertThat(response.path("status").asInt()).isEqualTo(413);
            assertThat(response.path("err_msg").asString()).contains("16385").contains("16384");
            client.send(
                    SEND,
                    "{\"user_id\":\"" + user + "\",\"type\":2,\"remote_id\":5,"
                            + "\"msg\":{\"r_id\":9,\"content\":\"half a pair \\ud83d\"}}");
            assertThat(client.expect(SEND_RESPONSE).path("status").asInt()).isEqualTo(400);
            expectAlive(client, user);
        }
    }

    @Test
    void somebodyElsesUserIdIsRefusedInItsOwnResponseType() throws Exception {
        long user = MessagingScenarios.newUser();
        try (WireClient client = WireClient.signedIn(gateway(), user)) {
            int[][] requestsAndResponses = {{3, 4}, {5, 6}, {7, 8}, {9, 10}, {13, 14}, {16, 17}, {18, 19}};
            for (int[] types : requestsAndResponses) {
                client.send(types[0], object().put("r_id", 3).put("user_id", Long.toString(user + 1)));
                JsonNode response = client.expect(types[1]);
                assertThat(response.path("status").asInt())
                        .as("type " + types[0])
                        .isEqualTo(403);
                assertThat(response.path("r_id").asLong()).isEqualTo(3);
            }
            ObjectNode forged = message(user + 1, user, 1, "forged");
            client.send(SEND, forged);
            assertThat(client.expect(SEND_RESPONSE).path("status").asInt()).isEqualTo(403);
            assertThat(client.unread(user, user + 1)).as("nothing was stored").isEqualTo(-1);
        }
    }

    @Test
    void theSenderIsTheSignedInUserWhateverTheMessageSays() throws Exception {
        long alice = MessagingScenarios.newUser();
        long bob = MessagingScenarios.newUser();
        try (WireClient a = WireClient.signedIn(gateway(), alice);
                WireClient b = WireClient.signedIn(gateway(), bob)) {
            ObjectNode request = message(alice, bob, 1, "who am I");
            ((ObjectNode) request.path("msg")).put("from_user_id", "1").put("msg_id", 99);
            a.send(SEND, request);
            assertThat(a.expect(SEND_RESPONSE).path("msg_id").asLong()).isEqualTo(1);
            JsonNode pushed = b.expect(NEW_MESSAGE).path("msg");
            assertThat(pushed.path("from_user_id").asString()).isEqualTo(Long.toString(alice));
            assertThat(pushed.path("msg_id").asLong()).isEqualTo(1);
        }
    }

    @Test
    void wrongRangesAreRefused() throws Exception {
        long user = MessagingScenarios.newUser();
        try (WireClient client = WireClient.signedIn(gateway(), user)) {
            for (String json : new String[] {"\"limit\":0", "\"limit\":-1", "\"max_msg_id\":-2"}) {
                client.send(7, "{\"user_id\":\"" + user + "\",\"remote_id\":\"5\",\"type\":2," + json + "}");
                assertThat(client.expect(8).path("status").asInt()).as(json).isEqualTo(400);
            }
            client.send(3, "{\"user_id\":\"" + user + "\",\"type\":1,\"offset\":-1}");
            assertThat(client.expect(4).path("status").asInt()).isEqualTo(400);
            client.send(5, "{\"user_id\":\"" + user + "\",\"remote_id\":\"5\",\"type\":2,\"msg_id\":-1}");
            assertThat(client.expect(6).path("status").asInt()).isEqualTo(400);
        }
    }

    @Test
    void aSignedInClientIsToldWhyItsConnectionIsClosed() throws Exception {
        byte[][] faults = {header(9, 1, 16), header(1, 9, -1), header(1, 99, 16)};
        for (byte[] fault : faults) {
            long user = MessagingScenarios.newUser();
            try (WireClient client = WireClient.signedIn(gateway(), user)) {
                client.sendBytes(fault);
                if (fault[3] == 99) {
                    client.sendBytes(new byte[16]);
                }
                Deque<WireClient.Received> received = new ArrayDeque<>(client.readToEnd());
                assertThat(received).hasSize(1);
                assertThat(received.getFirst().type()).isEqualTo(OFFLINE_INFO);
                assertThat(received.getFirst().json().path("reason").asString()).isNotBlank();
            }
        }
    }

    private static void expectAlive(WireClient client, long user) throws Exception {
        client.send(13, object().put("r_id", 12).put("user_id", Long.toString(user)));
        assertThat(client.expect(PONG)).isEqualTo(object().put("r_id", 12));
    }

    private static byte[] header(int version, int type, int length) {
        return ByteBuffer.allocate(8)
                .putShort((short) version)
                .putShort((short) type)
                .putInt(length)
                .array();
    }
}
