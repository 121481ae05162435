package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.WebSocketBytes;
import com.linbox.testing.WireClient;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Handshakes and frames that are not what they should be, at the whole pipeline: nothing fails, nothing leaks, and what goes
 * back is whole frames. Another number of connections, or a run once more, with {@code -Dlinbox.fuzz.connections} and
 * {@code -Dlinbox.fuzz.seed}.
 */
@Timeout(300)
class WebSocketFuzzTests {

    private static final int CONNECTIONS = Integer.getInteger("linbox.fuzz.connections", 4_000);
    private static final int MOST_OF_A_CONNECTION = 50;

    private static final String REQUEST = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Origin: http://127.0.0.1\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";

    private static final List<String> TEXTS = List.of(
            "{\"packet\":\"Ping\",\"r_id\":1,\"user_id\":\"7\"}",
            "{\"r_id\":1,\"user_id\":\"7\",\"packet\":\"Ping\"}",
            "{\"packet\":13,\"r_id\":1,\"user_id\":\"7\"}",
            "{\"packet\":\"SendMsgRequest\","
                    + WireClient.message(7, 8, 1, "k\u00e4se \uD83E\uDDC0")
                            .toString()
                            .substring(1),
            "{\"packet\":\"PullOldMsgRequest\",\"r_id\":1,\"user_id\":\"7\",\"remote_id\":\"8\",\"type\":2,\"limit\":5}");

    private final TestGateway gateway =
            new TestGateway("limits.request-rate", "0", "limits.connections-per-address", "0");

    @Test
    void mutatedHandshakesAndFramesLeaveNothingBehind() {
        long seed = Long.getLong("linbox.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                connection(random);
            }
            assertThat(gateway.failures()).isZero();
            assertThat(gateway.open()).isZero();
            assertThat(gateway.services.connections().size()).isZero();
        } catch (Throwable failure) {
            throw new AssertionError("again with -Dlinbox.fuzz.seed=" + seed, failure);
        }
    }

    private void connection(Random random) {
        TestChannel channel = TestChannel.forWebSocket(gateway, TestChannel.LOOPBACK, TestChannel.LOOPBACK);
        try {
            byte[] request = REQUEST.getBytes(StandardCharsets.US_ASCII);
            if (random.nextInt(4) == 0) {
                receive(channel, mutated(request, random), random);
                String answer = new String(channel.written(), StandardCharsets.ISO_8859_1);
                assertThat(answer).matches("(?s)(HTTP/1\\.1 (101|4\\d\\d) .*\r\n\r\n.*)?");
                if (!answer.startsWith("HTTP/1.1 101") || !channel.isOpen()) {
                    return;
                }
            } else {
                channel.receive(request);
                channel.written();
            }
            if (random.nextInt(10) > 0) {
                channel.receive(WebSocketBytes.text("{\"packet\":\"AuthRequest\",\"user_id\":\"7\",\"token\":\"t\"}"));
            }
            for (int i = 0; i < MOST_OF_A_CONNECTION && channel.isOpen(); i++) {
                receive(channel, frame(random), random);
                checkWritten(channel.written());
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static void receive(TestChannel channel, byte[] bytes, Random random) {
        int split = random.nextInt(8) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        channel.receive(Arrays.copyOf(bytes, split));
        if (channel.isOpen() && split < bytes.length) {
            channel.receive(Arrays.copyOfRange(bytes, split, bytes.length));
        }
        channel.runPendingTasks();
    }

    private static byte[] frame(Random random) {
        byte[] text = TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(12)) {
            case 0 -> mutated(WebSocketBytes.frame(0x81, text), random);
            case 1, 2 -> WebSocketBytes.frame(0x81, mutated(text, random));
            case 3 -> WebSocketBytes.frame(0xC1, deflated(text));
            case 4 -> WebSocketBytes.frame(0xC1, mutated(deflated(text), random));
            case 5 -> WebSocketBytes.frame(0xC1, deflated(mutated(text, random)));
            case 6 -> fragments(text, 0x01, random);
            case 7 -> fragments(deflated(text), 0x41, random);
            case 8 -> WebSocketBytes.frame(0x89, new byte[random.nextInt(126)]);
            case 9 ->
                random.nextInt(20) > 0
                        ? WebSocketBytes.frame(0x8A, new byte[random.nextInt(126)])
                        : WebSocketBytes.frame(random.nextInt(256), new byte[random.nextInt(300)]);
            default -> WebSocketBytes.frame(0x81, text);
        };
    }

    private static byte[] fragments(byte[] payload, int first, Random random) {
        int one = random.nextInt(payload.length + 1);
        int two = one + random.nextInt(payload.length - one + 1);
        var all = new ByteArrayOutputStream();
        all.writeBytes(WebSocketBytes.frame(first, Arrays.copyOf(payload, one)));
        all.writeBytes(WebSocketBytes.frame(0x00, Arrays.copyOfRange(payload, one, two)));
        if (random.nextBoolean()) {
            all.writeBytes(WebSocketBytes.frame(0x89, new byte[3]));
        }
        if (random.nextInt(20) > 0) {
            all.writeBytes(WebSocketBytes.frame(0x80, Arrays.copyOfRange(payload, two, payload.length)));
        }
        return all.toByteArray();
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 10)) : bytes;
    }

    private static byte[] deflated(byte[] text) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(text);
        byte[] out = new byte[text.length + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }

    private static void checkWritten(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            assertThat(in.get() & 0xFF).isIn(0x81, 0xC1, 0x88, 0x8A);
            int length = in.get();
            assertThat(length).as("not masked").isNotNegative();
            int payload =
                    length == 126 ? Short.toUnsignedInt(in.getShort()) : length == 127 ? (int) in.getLong() : length;
            assertThat(payload).isLessThanOrEqualTo(in.remaining());
            in.position(in.position() + payload);
        }
    }
}
