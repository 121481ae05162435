package com.linbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFrameDecoderTests {

    private static final int LIMIT = 200;
    private static final String PING = "{\"packet\":\"Ping\",\"r_id\":1}";

    private final EmbeddedChannel channel = new EmbeddedChannel(new WebSocketFrameDecoder(LIMIT, true));

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(channel.finishAndReleaseAll()).isFalse();
    }

    /** RFC 6455, section 5.7: a masked "Hello". It names no packet, but shows that it was read. */
    @Test
    void theExampleOfTheStandardIsRead() {
        assertThat(receive(HexFormat.of().parseHex("818537fa213d7f9f4d5158")))
                .containsExactly("BadFrame[fault=UNKNOWN_PACKET, offending=0]");
    }

    /** The same section: a ping with "Hello", an empty close, and a close with the code 1000. */
    @ParameterizedTest
    @CsvSource({
        "898537fa213d7f9f4d5158, ping 48656c6c6f",
        "888037fa213d, WebSocketClose[code=1005]",
        "888237fa213d3412, WebSocketClose[code=1000]",
        "888537fa213d34127f5248, WebSocketClose[code=1000]",
        "8a8537fa213d7f9f4d5158,"
    })
    void controlFramesAreReported(String bytes, String expected) {
        List<String> read = receive(HexFormat.of().parseHex(bytes));
        assertThat(read).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void aTextIsAFrameOfVersion2WithoutItsName() {
        assertThat(receive(text(PING))).containsExactly("13 {\"r_id\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"packet\":\"Ping\"} | 13 {}",
                "{\"packet\":\"Ping\",\"a\":1} | 13 {\"a\":1}",
                "{\"packet\":\"Ping\" ,\"a\":1} | 13 {\"packet\":\"Ping\" ,\"a\":1}",
                "{\"packet\": \"Ping\"} | 13 {\"packet\": \"Ping\"}",
                "{\"a\":{\"packet\":\"Pong\"},\"packet\":9} | 9 {\"a\":{\"packet\":\"Pong\"},\"packet\":9}",
                "{\"packet\":\"Ping\" | BadFrame[fault=UNKNOWN_PACKET, offending=0]",
                "{\"packet\":\"Ping | BadFrame[fault=UNKNOWN_PACKET, offending=0]",
                "{\"packet\":\" | BadFrame[fault=UNKNOWN_PACKET, offending=0]",
                "{\"packet\":65536} | BadFrame[fault=UNKNOWN_PACKET, offending=0]",
                "{\"packet\":65535} | 65535 {\"packet\":65535}",
                "{\"packet\":13.0} | BadFrame[fault=UNKNOWN_PACKET, offending=0]",
                "{\"packet\":[\"Ping\"]} | BadFrame[fault=UNKNOWN_PACKET, offending=0]",
                "{\"packet\":\"ping\"} | BadFrame[fault=UNKNOWN_PACKET, offending=0]"
            })
    void thePacketIsFoundByItsNameOrCode(String text, String expected) {
        // The incomplete name is one that Jackson reads before it sees that more is missing.
        String read = receive(text(text)).get(0);
        assertThat(read.equals(expected) || text.equals("{\"packet\":\"Ping\"") && read.equals("13 " + text))
                .as(read)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void framesMayBeSplitAtAnyByte(boolean inFragments) {
        byte[] bytes = inFragments
                ? concat(
                        frame(0x01, utf8("{\"packet\":\"Ping\",\"x\":\"k\u00e4")),
                        frame(0x00, new byte[0]),
                        frame(0x89, utf8("hi")),
                        frame(0x80, utf8("se\"}")),
                        text(PING))
                : concat(text("{\"packet\":\"Ping\",\"x\":\"k\u00e4se\"}"), frame(0x89, utf8("hi")), text(PING));
        List<String> whole = new ArrayList<>(List.of("13 {\"x\":\"k\u00e4se\"}", "13 {\"r_id\":1}"));
        whole.add(inFragments ? 0 : 1, "ping 6869");
        for (int split = 0; split <= bytes.length; split++) {
            EmbeddedChannel fresh = new EmbeddedChannel(new WebSocketFrameDecoder(LIMIT, false));
            fresh.writeInbound(Unpooled.copiedBuffer(bytes, 0, split));
            fresh.writeInbound(Unpooled.copiedBuffer(bytes, split, bytes.length - split));
            assertThat(drain(fresh)).as("split at %d", split).isEqualTo(whole);
            assertThat(fresh.finishAndReleaseAll()).isFalse();
        }
        for (byte one : bytes) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
        }
        assertThat(drain(channel)).isEqualTo(whole);
    }

    @Test
    void aCharacterMayBeCutByFragments() {
        byte[] all = utf8("{\"packet\":\"Ping\",\"x\":\"\uD83E\uDDC0\"}");
        for (int cut = 0; cut < all.length; cut++) {
            assertThat(receive(concat(
                            frame(0x01, java.util.Arrays.copyOf(all, cut)),
                            frame(0x80, java.util.Arrays.copyOfRange(all, cut, all.length)))))
                    .containsExactly("13 {\"x\":\"\uD83E\uDDC0\"}");
        }
    }

    /** First bytes, and what is wrong: told as soon as it can be, and nothing follows. */
    @ParameterizedTest
    @CsvSource({
        // not masked
        "8105, WEB_SOCKET_VIOLATION, 129",
        // a reserved bit, or opcode
        "9185, WEB_SOCKET_VIOLATION, 145",
        "a185, WEB_SOCKET_VIOLATION, 161",
        "8385, WEB_SOCKET_VIOLATION, 131",
        "8b80, WEB_SOCKET_VIOLATION, 139",
        // a continuation of nothing, or with the bit of the first fragment
        "8085, WEB_SOCKET_VIOLATION, 128",
        "c085, WEB_SOCKET_VIOLATION, 192",
        // control frames: in fragments, compressed, too long, with half a code
        "0980, WEB_SOCKET_VIOLATION, 9",
        "c980, WEB_SOCKET_VIOLATION, 201",
        "89fe, WEB_SOCKET_VIOLATION, 137",
        "8881, WEB_SOCKET_VIOLATION, 136",
        "8285, BINARY, 130",
        "0285, BINARY, 2",
        // one byte over the limit of 200, and lengths of eight bytes
        "81fe00c9, BAD_LENGTH, 201",
        "01fe00c9, BAD_LENGTH, 201",
        "81ff0000000080000000, BAD_LENGTH, 2147483648",
        "81ffffffffffffffffff, BAD_LENGTH, -1"
    })
    void aFrameThatMayNotBeIsReportedOnceAndNothingFollows(String bytes, BadFrame.Fault fault, long offending) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes)));
        channel.writeInbound(Unpooled.wrappedBuffer(text(PING)));
        assertThat(drain(channel)).containsExactly(new BadFrame(fault, offending).toString());
    }

    @Test
    void aNewTextInTheMiddleOfAnotherIsAViolation() {
        assertThat(receive(concat(frame(0x01, utf8("{")), text(PING))))
                .containsExactly("BadFrame[fault=WEB_SOCKET_VIOLATION, offending=129]");
    }

    @Test
    void fragmentsAreCountedTogether() {
        assertThat(receive(concat(
                        frame(0x01, new byte[100]), frame(0x00, new byte[100]), frame(0x80, new byte[1]), text(PING))))
                .containsExactly("BadFrame[fault=BAD_LENGTH, offending=201]");
    }

    @Test
    void nothingIsReadAfterTheClose() {
        assertThat(receive(concat(frame(0x88, new byte[] {3, (byte) 0xE9}), text(PING))))
                .containsExactly("WebSocketClose[code=1001]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "7bc3"})
    void aTextThatIsNoUtf8IsReported(String bytes) {
        assertThat(receive(frame(0x81, HexFormat.of().parseHex(bytes))))
                .containsExactly("BadFrame[fault=UNREADABLE_TEXT, offending=0]");
    }

    @Test
    void anotherLimitHoldsFromTheNextFrameOnEvenWhereOneIsOnItsWay() {
        var decoder = new WebSocketFrameDecoder(100, false);
        EmbeddedChannel growing = new EmbeddedChannel(decoder);
        byte[] first = text(PING);
        growing.writeInbound(Unpooled.copiedBuffer(first, 0, 9));
        decoder.setMaxContent(LIMIT);
        growing.writeInbound(Unpooled.copiedBuffer(first, 9, first.length - 9));
        String longer = "{\"packet\":\"Ping\",\"x\":\"" + "y".repeat(150) + "\"}";
        growing.writeInbound(Unpooled.wrappedBuffer(text(longer)));
        assertThat(drain(growing)).hasSize(2).noneMatch(read -> read.startsWith("BadFrame"));
        growing.finishAndReleaseAll();
        assertThatThrownBy(() -> decoder.setMaxContent(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** As a client has it that compresses each message by itself. */
    @Test
    void compressedTextsAreInflatedEachByItself() {
        assertThat(receive(concat(frame(0xC1, deflated(PING)), text(PING), frame(0xC1, deflated(PING)))))
                .containsExactly("13 {\"r_id\":1}", "13 {\"r_id\":1}", "13 {\"r_id\":1}");
    }

    @Test
    void aCompressedTextMayComeInFragments() {
        byte[] all = deflated(PING);
        assertThat(receive(concat(
                        frame(0x41, java.util.Arrays.copyOf(all, 3)),
                        frame(0x80, java.util.Arrays.copyOfRange(all, 3, all.length)))))
                .containsExactly("13 {\"r_id\":1}");
    }

    @Test
    void aFrameKnowsWhatItTookOnTheWire() {
        byte[] compressed = frame(0xC1, deflated(PING));
        byte[] fragments = concat(frame(0x01, utf8(PING.substring(0, 7))), frame(0x80, utf8(PING.substring(7))));
        channel.writeInbound(Unpooled.wrappedBuffer(
                concat(text(PING), frame(0x89, utf8("hi")), fragments, frame(0x8A, new byte[0]), compressed)));
        List<Integer> bytes = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            if (next instanceof Frame frame) {
                bytes.add(frame.wireBytes());
            }
            ReferenceCountUtil.release(next);
        }
        assertThat(bytes).containsExactly(6 + PING.length(), 12 + PING.length(), compressed.length);
    }

    /** RFC 7692, section 7.2.3: "Hello" in one block, in two, not compressed at all, and in a final block. */
    @ParameterizedTest
    @ValueSource(
            strings = {"f248cdc9c90700", "f248050000 00ffffcac9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000"})
    void theExamplesOfPermessageDeflateAreRead(String bytes) {
        assertThat(receive(frame(0xC1, HexFormat.of().parseHex(bytes.replace(" ", "")))))
                .containsExactly("BadFrame[fault=UNKNOWN_PACKET, offending=0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff", "f2", "00"})
    void whatIsNotCompressedIsReported(String bytes) {
        // A stream that ends too early is no text that names a packet.
        assertThat(receive(frame(0xC1, HexFormat.of().parseHex(bytes))).get(0))
                .matches("BadFrame\\[fault=(UNREADABLE_TEXT|UNKNOWN_PACKET), offending=0]");
    }

    @Test
    void anInflatedTextIsNoLongerThanTheLimit() {
        String fits = "{\"packet\":\"Ping\",\"x\":\"" + "y".repeat(LIMIT - 24) + "\"}";
        assertThat(fits).hasSize(LIMIT);
        assertThat(receive(frame(0xC1, deflated(fits))).get(0)).startsWith("13 ");
        assertThat(receive(frame(0xC1, deflated(fits + " "))))
                .containsExactly("BadFrame[fault=BAD_LENGTH, offending=201]");
    }

    @Test
    void aBombInflatesToTheLimitAndNoFurther() {
        EmbeddedChannel large = new EmbeddedChannel(new WebSocketFrameDecoder(65_536, true));
        byte[] bomb = deflated("x".repeat(50_000_000));
        assertThat(bomb.length).isLessThan(65_536);
        large.writeInbound(Unpooled.wrappedBuffer(frame(0xC1, bomb)));
        assertThat(drain(large)).containsExactly("BadFrame[fault=BAD_LENGTH, offending=65537]");
        assertThat(large.finishAndReleaseAll()).isFalse();
    }

    @Test
    void whatTheServerWritesIsReadByNettysClient() {
        for (int length : new int[] {0, 80, 125, 126, 1_000, 5_000, 65_000, 70_000}) {
            for (boolean deflate : new boolean[] {false, true}) {
                String json = length == 0 ? "{}" : "{\"x\":\"" + "kaese ".repeat(length / 6) + length + "\"}";
                ByteBuf frame =
                        WebSocketFrameEncoder.text(channel.alloc(), PacketType.NEW_MESSAGE, utf8(json), deflate);
                assertThat(NettyClient.read(frame))
                        .isEqualTo(
                                length == 0
                                        ? "{\"packet\":\"NewMessage\"}"
                                        : "{\"packet\":\"NewMessage\"," + json.substring(1));
            }
        }
    }

    @Test
    void whatCannotBeCompressedIsWrittenAllTheSame() {
        byte[] noise = new byte[60_000];
        new java.util.Random(7).nextBytes(noise);
        String json = "{\"x\":\"" + HexFormat.of().formatHex(noise) + "\"}";
        ByteBuf frame = WebSocketFrameEncoder.text(channel.alloc(), PacketType.NEW_MESSAGE, utf8(json), true);
        assertThat(NettyClient.read(frame)).isEqualTo("{\"packet\":\"NewMessage\"," + json.substring(1));
    }

    private List<String> receive(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        return drain(channel);
    }

    private static List<String> drain(EmbeddedChannel from) {
        List<String> read = new ArrayList<>();
        for (Object next = from.readInbound(); next != null; next = from.readInbound()) {
            if (next instanceof Frame frame) {
                read.add(frame.typeCode() + " " + frame.content().toString(StandardCharsets.UTF_8));
                frame.release();
            } else if (next instanceof WebSocketPing ping) {
                read.add("ping " + HexFormat.of().formatHex(ping.payload()));
            } else {
                read.add(next.toString());
            }
        }
        return read;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return frame(0x81, utf8(text));
    }

    private static byte[] frame(int first, byte[] payload) {
        return com.linbox.testing.WebSocketBytes.frame(first, payload);
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(utf8(text));
        byte[] out = new byte[text.length() / 100 + 10_000];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        // Without 00 00 ff ff.
        return java.util.Arrays.copyOf(out, length - 4);
    }
}
