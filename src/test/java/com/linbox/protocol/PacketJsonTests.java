package com.linbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linbox.message.Conversation;
import com.linbox.message.ErrorCode;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketJsonTests {

    @Nested
    class ReadingIsLenient {

        @Test
        void idsMayBeNumbersOrTexts() throws Exception {
            for (String id : List.of("1001", "\"1001\"")) {
                var send = (SendMsgRequest) read(
                        PacketType.SEND_MSG_REQUEST,
                        "{'user_id':%1$s,'remote_id':%1$s,'group_id':%1$s,'msg':{'to_user_id':%1$s}}".formatted(id));
                assertThat(List.of(
                                send.userId(),
                                send.remoteId(),
                                send.groupId(),
                                send.msg().toUserId()))
                        .containsOnly("1001");
            }
        }

        @Test
        void anIdOfNineteenDigitsLosesNoneOfThemAsANumber() throws Exception {
            assertThat(read(PacketType.PING, "{'user_id':9223372036854775807}").userId())
                    .isEqualTo("9223372036854775807");
        }

        @Test
        void theOldClientsCapitalTokenIsTheToken() throws Exception {
            assertThat(auth("{'Token':'t0k3n'}").token()).isEqualTo("t0k3n");
            assertThat(auth("{'token':'t0k3n'}").token()).isEqualTo("t0k3n");
        }

        @Test
        void aPortMayBeTextOrNumber() throws Exception {
            assertThat(auth("{'port':52100}").port()).isEqualTo("52100");
            assertThat(auth("{'port':'52100'}").port()).isEqualTo("52100");
            assertThat(auth("{'port':'any'}").port()).isEqualTo("any");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'offset':null,'limit':null,'type':null,'r_id':null}",
                    "{'offset':'','limit':'','type':'','r_id':''}"
                })
        void absentNullAndEmptyNumbersAreAlike(String json) throws Exception {
            var sync = (SyncUnreadRequest) read(PacketType.SYNC_UNREAD_REQUEST, json);

            assertThat(sync).isEqualTo(new SyncUnreadRequest(null, null, null, null, null, null, null));
        }

        @Test
        void anEmptyTextInPlaceOfAnObjectOrAListIsNoneAtAll() throws Exception {
            assertThat(((SendMsgRequest) read(PacketType.SEND_MSG_REQUEST, "{'msg':''}")).msg())
                    .isNull();
            assertThat(((SyncUnreadResponse) readAny(PacketType.SYNC_UNREAD_RESPONSE, "{'unreads':''}")).unreads())
                    .isNullOrEmpty();
        }

        @Test
        void numbersMayBeTexts() throws Exception {
            var pull = (PullOldMsgRequest) read(
                    PacketType.PULL_OLD_MSG_REQUEST, "{'r_id':'5','max_msg_id':'-1','min_msg_id':'0','limit':'20'}");

            assertThat(List.of(pull.rId(), pull.maxMsgId(), pull.minMsgId())).containsExactly(5L, -1L, 0L);
            assertThat(pull.limit()).isEqualTo(20);
        }

        @Test
        void unknownFieldsAreIgnoredWhateverTheyHold() throws Exception {
            var ping = read(
                    PacketType.PING, "{'x':{'y':[1,{'z':null}]},'user_id':'7','rId':99,'userId':'8','r_id':3,'':0}");

            assertThat(ping).isEqualTo(new Ping(3L, "7"));
        }

        @Test
        void spaceAroundTheObjectIsNothing() throws Exception {
            assertThat(read(PacketType.PING, " \r\n\t{ 'r_id' : 3 } \n")).isEqualTo(new Ping(3L, null));
        }
    }

    @Nested
    class WritingIsStrict {

        @Test
        void idsAreTextsNumbersAreNumbersAndNullsAreLeftOut() {
            var response =
                    new SendMsgResponse(78L, 78L, "1001", "1002", null, 6L, 1448553601000L, 2, ServerPacket.OK, null);

            assertThat(new String(PacketJson.write(response), StandardCharsets.UTF_8))
                    .isEqualTo(quoted("{'r_id':78,'msg_r_id':78,'user_id':'1001','remote_id':'1002','msg_id':6,"
                            + "'send_time':1448553601000,'type':2,'status':200}"));
        }

        @Test
        void aStoredMessageIsWrittenWithItsRecipient() {
            var message = new Message(new Conversation.Session(1002, 1001), 1001, 77, 5, "text/plain", "你好 😀", 1000);
            var push = new NewMessage("1002", "1001", null, 2, MessageBody.of(message));

            assertThat(new String(PacketJson.write(push), StandardCharsets.UTF_8))
                    .isEqualTo(quoted("{'user_id':'1002','remote_id':'1001','type':2,'msg':{'r_id':77,"
                            + "'from_user_id':'1001','to_user_id':'1002','msg_id':5,'mime_type':'text/plain',"
                            + "'content':'你好 😀','send_time':1000,'type':2}}"));
        }

        @Test
        void aGroupMessageNamesItsGroupAndNoRecipient() {
            MessageBody body =
                    MessageBody.of(new Message(new Conversation.Group(9000), 1001, 1, 2, "text/plain", "x", 3));

            assertThat(body.groupId()).isEqualTo("9000");
            assertThat(body.toUserId()).isNull();
            assertThat(body.type()).isEqualTo(3);
        }

        @ParameterizedTest
        @MethodSource("com.linbox.protocol.PacketJsonTests#texts")
        void anyTextComesBackAsItWas(String text) throws Exception {
            var packet = new OfflineInfo("1", text);

            assertThat(PacketJson.read(PacketType.OFFLINE_INFO, PacketJson.write(packet)))
                    .isEqualTo(packet);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\ud83d", "\ude00", "half \ud83d of a pair", "\ude00\ud83d"})
        void halfACharacterNeitherBreaksWritingNorTheNextReader(String text) {
            byte[] json = PacketJson.write(new OfflineInfo("1", text));

            assertThatCode(() -> PacketJson.read(PacketType.OFFLINE_INFO, json)).doesNotThrowAnyException();
        }
    }

    static Stream<String> texts() {
        return Stream.of(
                "",
                " ",
                "\"\\/\b\f\n\r\t",
                "\u0000\u0001\u001f\u007f",
                "emoji 🚀 family 👨‍👩‍👧‍👦 flag 🇨🇳",
                "\u2028\u2029\ufeff\uffff",
                "你好 привет مرحبا",
                "x".repeat(20_000));
    }

    @Nested
    class WhatIsNoPacketIsRefused {

        private static final String SECRET = "s3cr3t";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "true",
                    "5",
                    "''",
                    "'s3cr3t'",
                    "[]",
                    "[{'user_id':'s3cr3t'}]",
                    "{",
                    "{'user_id'",
                    "{'user_id':",
                    "{'user_id':'s3cr3t",
                    "{'user_id':'s3cr3t'",
                    "{'user_id':'s3cr3t',}",
                    "{'user_id':'s3cr3t'}}",
                    "{'user_id':'s3cr3t'} s3cr3t",
                    "{'user_id':'s3cr3t'}{}",
                    "{s3cr3t:1}",
                    "{'user_id':s3cr3t}",
                    "{'r_id':'s3cr3t'}",
                    "{'r_id':1.5}",
                    "{'r_id':9223372036854775808}",
                    "{'r_id':true}",
                    "{'r_id':{'s3cr3t':1}}",
                    "{'r_id':['s3cr3t']}",
                    "{'user_id':{'s3cr3t':1}}",
                    "{'user_id':['s3cr3t']}",
                    "{'type':4294967298}",
                    "{'msg':'s3cr3t'}",
                    "{'msg':5}",
                    "{'msg':['s3cr3t']}",
                    "{'msg':{'content':{'s3cr3t':1}}}",
                    "{'msg':{'msg_id':'s3cr3t'}}",
                    "{'msg':{'content':'s3cr3t\n'}}",
                    "{'msg':{'content':'\\s3cr3t'}}",
                    "{'msg':{'content':'\\us3cr'}}"
                })
        void asMalformedAndWithoutRepeatingWhatWasSent(String json) {
            assertRefused(quoted(json).getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void asMalformedWhereTheBytesAreNoUtf8() {
            for (String hex : List.of("ff", "80", "e28228", "f0288cbc", "c3")) {
                byte[] bad = java.util.HexFormat.of().parseHex(hex);
                byte[] json = concat("{\"user_id\":\"".getBytes(), bad, "\"}".getBytes());
                assertRefused(json);
            }
        }

        @Test
        void asMalformedWhereItIsNestedWithoutEnd() {
            assertRefused(("{\"x\":" + "[".repeat(30_000)).getBytes());
            assertRefused(("{\"x\":" + "{\"x\":".repeat(10_000)).getBytes());
        }

        @Test
        void asMalformedWhereANumberHasThousandsOfDigits() {
            assertRefused(("{\"r_id\":" + "9".repeat(10_000) + "}").getBytes());
        }

        @Test
        void andTheTextNamesTheField() {
            var refused = catchThrowableOfType(
                    RequestRejectedException.class,
                    () -> read(PacketType.SEND_MSG_REQUEST, "{'msg':{'msg_id':'s3cr3t'}}"));

            assertThat(refused.detail()).isEqualTo("msg.msg_id: a value of the wrong kind");
        }

        private static void assertRefused(byte[] json) {
            var refused = catchThrowableOfType(
                    RequestRejectedException.class, () -> PacketJson.read(PacketType.SEND_MSG_REQUEST, json));

            assertThat(refused)
                    .as(new String(json, 0, Math.min(json.length, 60)))
                    .isNotNull();
            assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_JSON);
            assertThat(refused.detail()).doesNotContain(SECRET).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsWrittenForEveryRequest(PacketType type) throws Exception {
        if (PacketJson.read(type, "{\"r_id\":5,\"user_id\":\"1\"}".getBytes()) instanceof Request request) {
            ServerPacket failure = request.failure(ErrorCode.TOO_FAST, "slower");

            assertThat(failure.packetType().code()).isEqualTo(type.code() + 1);
            String json = new String(PacketJson.write(failure), StandardCharsets.UTF_8);
            assertThat(json).contains("\"r_id\":5", "429", "slower");
        }
    }

    @Test
    void neitherATokenNorAContentIsInATextForLogs() throws Exception {
        assertThat(auth("{'token':'s3cr3t'}").toString()).doesNotContain("s3cr3t");
        assertThat(read(PacketType.SEND_MSG_REQUEST, "{'msg':{'content':'s3cr3t'}}")
                        .toString())
                .doesNotContain("s3cr3t");
    }

    private static AuthRequest auth(String json) throws RequestRejectedException {
        return (AuthRequest) read(PacketType.AUTH_REQUEST, json);
    }

    private static Request read(PacketType type, String json) throws RequestRejectedException {
        return (Request) readAny(type, json);
    }

    private static Packet readAny(PacketType type, String json) throws RequestRejectedException {
        return PacketJson.read(type, quoted(json).getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static byte[] concat(byte[]... parts) {
        var out = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
