package com.linbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Frames that another implementation made, and ours read by one. */
class WireVectorTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    record Vector(String name, int type, String type_name, String key, String json, String frame_hex) {

        byte[] frame() {
            return HexFormat.of().parseHex(frame_hex);
        }

        ContentCipher cipher() {
            String[] parts = key.split(":", 2);
            return parts[0].equals("static")
                    ? AesContentCipher.ofPassPhrase(parts[1])
                    : AesContentCipher.ofBase64(parts[1]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = WireVectorTests.class.getResourceAsStream("v1-vectors.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().map(line -> JSON.readValue(line, Vector.class)).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aFrameOfAnotherImplementationDecodesToItsJson(Vector vector) throws Exception {
        assertThat(JSON.readTree(decodeWithOurs(vector))).isEqualTo(JSON.readTree(vector.json));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void itsJsonBindsToItsRecordWithoutLosingAField(Vector vector) throws Exception {
        PacketType type = PacketType.ofCode(vector.type);
        Packet packet = PacketJson.read(type, decodeWithOurs(vector));

        assertThat(packet).isInstanceOf(type.packet());
        assertThat(packet.getClass().getSimpleName()).isEqualTo(vector.type_name);
        ObjectNode expected = (ObjectNode) JSON.readTree(vector.json);
        if (expected.path("port").isNumber()) {
            // Text or number on the way in, always text on the way out.
            expected.put("port", expected.get("port").asString());
        }
        assertThat((JsonNode) JSON.readTree(PacketJson.write(packet))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void ourFrameIsReadByAnotherImplementation(Vector vector) throws Exception {
        PacketType type = PacketType.ofCode(vector.type);
        byte[] json = PacketJson.write(PacketJson.read(type, vector.json.getBytes(StandardCharsets.UTF_8)));
        ByteBuf frame = FrameEncoder.encode(UnpooledByteBufAllocator.DEFAULT, vector.cipher(), type, json);
        byte[] bytes = ByteBufUtil.getBytes(frame);
        frame.release();

        var decoded = IndependentClient.withKeyNamed(vector.key).decode(bytes);

        assertThat(decoded.version()).isEqualTo(1);
        assertThat(decoded.type()).isEqualTo(vector.type);
        assertThat(decoded.json()).isEqualTo(new String(json, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void equalJsonGivesTheSameFrameByteForByte(Vector vector) {
        ByteBuf frame = FrameEncoder.encode(
                UnpooledByteBufAllocator.DEFAULT,
                vector.cipher(),
                PacketType.ofCode(vector.type),
                vector.json.getBytes(StandardCharsets.UTF_8));

        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo(vector.frame_hex);
        frame.release();
    }

    @Test
    void theVectorsCoverBothKindsOfKeyAndNearlyEveryType() throws IOException {
        Set<Integer> types = vectors().map(Vector::type).collect(Collectors.toSet());
        Set<String> kinds = vectors().map(vector -> vector.key.split(":", 2)[0]).collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder("static", "dynamic");
        assertThat(types).contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
    }

    private static byte[] decodeWithOurs(Vector vector) throws UndecryptableContentException {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(65_536));
        channel.writeInbound(Unpooled.wrappedBuffer(vector.frame()));
        Frame frame = channel.readInbound();
        try {
            assertThat(frame.typeCode()).isEqualTo(vector.type);
            return vector.cipher().decrypt(frame.content());
        } finally {
            frame.release();
            channel.finishAndReleaseAll();
        }
    }
}
