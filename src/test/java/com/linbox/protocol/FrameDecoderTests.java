package com.linbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTests {

    private static final int LIMIT = 32;

    private final FrameDecoder decoder = new FrameDecoder(LIMIT);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(channel.finishAndReleaseAll()).isFalse();
    }

    // version 1, type 13, 3 bytes of content; version 1, type 65535, 1 byte; version 1, type 2, the limit of 32 bytes
    private static final byte[] THREE_FRAMES = HexFormat.of()
            .parseHex("0001" + "000d" + "00000003" + "a1a2a3"
                    + "0001" + "ffff" + "00000001" + "b1"
                    + "0001" + "0002" + "00000020" + "c0".repeat(LIMIT));

    private static final List<String> THREE_CONTENTS = List.of("13:a1a2a3", "65535:b1", "2:" + "c0".repeat(LIMIT));

    @Test
    void framesGluedTogetherComeOneByOne() {
        assertThat(receive(THREE_FRAMES)).isEqualTo(THREE_CONTENTS);
    }

    @Test
    void framesMayBeSplitAtAnyByte() {
        for (int split = 1; split < THREE_FRAMES.length; split++) {
            EmbeddedChannel fresh = new EmbeddedChannel(new FrameDecoder(LIMIT));
            fresh.writeInbound(Unpooled.copiedBuffer(THREE_FRAMES, 0, split));
            fresh.writeInbound(Unpooled.copiedBuffer(THREE_FRAMES, split, THREE_FRAMES.length - split));
            assertThat(drain(fresh)).as("split at %d", split).isEqualTo(THREE_CONTENTS);
            assertThat(fresh.finishAndReleaseAll()).isFalse();
        }
    }

    @Test
    void framesMayComeByteByByte() {
        for (byte b : THREE_FRAMES) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
        }
        assertThat(drain(channel)).isEqualTo(THREE_CONTENTS);
    }

    @ParameterizedTest
    @CsvSource({"00000000,0", "ffffffff,-1", "80000000,-2147483648", "7fffffff,2147483647", "00000021,33"})
    void aLengthThatCannotBeIsReportedOnceAndNothingFollows(String length, long offending) {
        receiveNothingAfter("0001" + "000d" + length, new BadFrame(BadFrame.Fault.BAD_LENGTH, offending));
    }

    @ParameterizedTest
    @CsvSource({"0000,0", "0003,3", "ffff,65535", "4745,18245"})
    void anUnknownVersionIsReportedFromItsTwoBytesAloneAndNothingFollows(String version, long offending) {
        receiveNothingAfter(version, new BadFrame(BadFrame.Fault.UNKNOWN_VERSION, offending));
    }

    @ParameterizedTest
    @CsvSource({"0001,V1,0002,2", "0002,V2,0001,1"})
    void theVersionOfTheFirstFrameHoldsForAll(String first, ProtocolVersion version, String later, long offending) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(first + "000d" + "00000001" + "a1")));
        Frame frame = channel.readInbound();
        assertThat(frame.version()).isEqualTo(version);
        frame.release();

        receiveNothingAfter(later, new BadFrame(BadFrame.Fault.UNKNOWN_VERSION, offending));
    }

    @Test
    void theEncodersFrameHasTheVersionOfItsCipher() {
        ByteBuf encoded = FrameEncoder.encode(
                UnpooledByteBufAllocator.DEFAULT, PlainContentCipher.INSTANCE, PacketType.PONG, new byte[] {'{', '}'});
        assertThat(ByteBufUtil.hexDump(encoded)).isEqualTo("0002" + "000e" + "00000002" + "7b7d");
        encoded.release();
    }

    @Test
    void framesBeforeABadOneStillCome() {
        channel.writeInbound(Unpooled.wrappedBuffer(THREE_FRAMES, HexFormat.of().parseHex("0007")));

        List<String> frames = new ArrayList<>();
        Object last = null;
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof Frame frame) {
                frames.add(contentOf(frame));
            }
            last = message;
        }
        assertThat(frames).isEqualTo(THREE_CONTENTS);
        assertThat(last).isEqualTo(new BadFrame(BadFrame.Fault.UNKNOWN_VERSION, 7));
    }

    @Test
    void aRaisedLimitHoldsFromTheNextFrameOn() {
        decoder.setMaxContent(LIMIT + 1);

        String frame = "0001" + "000d" + "00000021" + "ab".repeat(LIMIT + 1);
        assertThat(receive(HexFormat.of().parseHex(frame))).containsExactly("13:" + "ab".repeat(LIMIT + 1));
    }

    @Test
    void theLargestLimitDoesNotTakeAHeaderForAWholeFrame() {
        decoder.setMaxContent(Integer.MAX_VALUE);

        assertThat(receive(HexFormat.of().parseHex("0001" + "000d" + "7fffffff" + "00")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aLimitBelowOneIsRefused(int limit) {
        assertThatThrownBy(() -> new FrameDecoder(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxContent: " + limit + " (expected: >= 1)");
    }

    @Test
    void aFrameCutOffByTheEndOfTheConnectionIsDropped() {
        channel.writeInbound(Unpooled.copiedBuffer(THREE_FRAMES, 0, 9));
        channel.close();

        assertThat((Object) channel.readInbound()).isNull();
    }

    @Test
    void theEncodersFrameComesBackWithItsContent() throws Exception {
        ContentCipher cipher = AesContentCipher.ofPassPhrase("medtree-im-passw");
        ByteBuf encoded = FrameEncoder.encode(
                UnpooledByteBufAllocator.DEFAULT, cipher, PacketType.PONG, "{\"r_id\":9}".getBytes());
        channel.writeInbound(encoded);

        Frame frame = channel.readInbound();
        assertThat(frame.typeCode()).isEqualTo(PacketType.PONG.code());
        assertThat(new String(cipher.decrypt(frame.content()))).isEqualTo("{\"r_id\":9}");
        frame.release();
        assertThat(encoded.refCnt()).isZero();
    }

    private void receiveNothingAfter(String hex, BadFrame expected) {
        ByteBuf first = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex), THREE_FRAMES);
        channel.writeInbound(first);
        assertThat((Object) channel.readInbound()).isEqualTo(expected);

        ByteBuf second = Unpooled.copiedBuffer(THREE_FRAMES);
        channel.writeInbound(second);
        assertThat((Object) channel.readInbound()).isNull();
        assertThat(first.refCnt()).isZero();
        assertThat(second.refCnt()).isZero();
    }

    private List<String> receive(byte[] bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
        return drain(channel);
    }

    private static List<String> drain(EmbeddedChannel from) {
        List<String> contents = new ArrayList<>();
        for (Frame frame = from.readInbound(); frame != null; frame = from.readInbound()) {
            contents.add(contentOf(frame));
        }
        return contents;
    }

    private static String contentOf(Frame frame) {
        String content = frame.typeCode() + ":" + ByteBufUtil.hexDump(frame.content());
        frame.release();
        return content;
    }
}
