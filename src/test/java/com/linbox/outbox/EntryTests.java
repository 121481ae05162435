package com.linbox.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.outbox.Delivery.Broadcast;
import com.linbox.outbox.Delivery.Disconnect;
import com.linbox.outbox.Delivery.Multicast;
import com.linbox.outbox.Delivery.Push;
import com.linbox.outbox.Delivery.SystemMessagesStored;
import com.linbox.outbox.EntryEncoder.Encoded;
import com.linbox.protocol.PacketType;
import com.linbox.tracing.TraceContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EntryTests {

    private static final byte[] JSON = "{\"r_id\":1}".getBytes(StandardCharsets.UTF_8);

    private final EntryEncoder encoder = new EntryEncoder(1_000);

    @Test
    void whenARequestArrivedHoldsForAllThatFollowsAndStandsOnceForThose() {
        List<Delivery> deliveries = List.of(
                new Push(1, PacketType.SEND_MSG_RESPONSE, JSON, 0x0123),
                new Push(2, PacketType.NEW_MESSAGE, JSON, 0x0123),
                new Disconnect(3, Disconnect.Cause.REQUESTED, "over"),
                new Multicast(new long[] {4}, PacketType.NEW_MESSAGE, JSON, 0x0123),
                new Push(5, PacketType.PONG, JSON),
                new Push(6, PacketType.NEW_MESSAGE, JSON, 0x0456));

        byte[] bytes = encoder.encode(deliveries, 1, 0).get(0).bytes();

        assertThat(HexFormat.of().formatHex(bytes))
                .containsOnlyOnce("07" + "00000000" + "00000008" + "0000000000000123")
                .containsOnlyOnce("07" + "00000000" + "00000008" + "0000000000000000")
                .containsOnlyOnce("07" + "00000000" + "00000008" + "0000000000000456");
        assertThat(EntryDecoder.decode(bytes).deliveries())
                .usingRecursiveComparison()
                .isEqualTo(deliveries);
    }

    @Test
    void whatIsOfATraceComesBackAsOfItAndTheRestDoesNot() {
        TraceContext trace = new TraceContext(1, 2, 3);
        List<Delivery> deliveries = List.of(
                new Push(1, PacketType.SEND_MSG_RESPONSE, JSON).of(trace),
                new Push(2, PacketType.SEND_MSG_RESPONSE, JSON),
                new Push(3, PacketType.SEND_MSG_RESPONSE, JSON),
                new Multicast(new long[] {4, 5}, PacketType.NEW_MESSAGE, JSON).of(new TraceContext(4, 5, 6)),
                new Disconnect(6, "why").of(null));

        List<Encoded> entries = encoder.encode(deliveries, 1, 0);

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).deliveries()).isEqualTo(5);
        assertThat(EntryDecoder.decode(entries.get(0).bytes()).deliveries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(deliveries);
    }

    @Test
    void aTraceTakesThePlaceThatWasReckonedWith() {
        Delivery traced = new Push(1, PacketType.NEW_MESSAGE, new byte[700]).of(new TraceContext(1, 2, 3));

        List<Encoded> entries = encoder.encode(List.of(traced, traced, traced), 1, 0);

        assertThat(entries).hasSize(3).allSatisfy(entry -> assertThat(entry.bytes().length)
                .isLessThanOrEqualTo(1_000));
    }

    @Test
    void theBytesAreAsDocumented() {
        List<Delivery> deliveries = List.of(
                new Push(0x0102030405060708L, PacketType.NEW_MESSAGE, "{}".getBytes(StandardCharsets.UTF_8)),
                new Disconnect(9, "é"),
                new Broadcast(PacketType.SYSTEM_MESSAGE, "{}".getBytes(StandardCharsets.UTF_8)),
                new Multicast(new long[] {7, 8}, PacketType.NEW_MESSAGE, "{}".getBytes(StandardCharsets.UTF_8)),
                new SystemMessagesStored(5),
                new SystemMessagesStored(6),
                new Disconnect(10, Disconnect.Cause.TAKEN_OVER, "e"));

        byte[] bytes = encoder.encode(deliveries, 0x11, 0x22).get(0).bytes();

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "01" // version
                                + "0000000000000011" // writer
                                + "0000000000000022" // number
                                + "01" // push
                                + "00000001" // to one connection
                                + "0102030405060708" // its id
                                + "000b" // type 11
                                + "00000002" // length
                                + "7b7d" // {}
                                + "02" // disconnect
                                + "0000000000000009" // connection id
                                + "00000002" // length
                                + "c3a9" // é
                                + "03" // broadcast
                                + "000f" // type 15
                                + "00000002" // length
                                + "7b7d" // {}
                                + "04" // multicast
                                + "00000002" // to two connections
                                + "0000000000000007"
                                + "0000000000000008"
                                + "000b" // type 11
                                + "00000002" // length
                                + "7b7d" // {}
                                + "05" // system messages stored
                                + "00000002" // for two connections
                                + "00000010" // length
                                + "0000000000000005" // connection id
                                + "0000000000000006" // connection id
                                + "06" // cause of a disconnect
                                + "00000000" // no delivery by itself
                                + "00000001" // length
                                + "01" // taken over
                                + "02" // disconnect
                                + "000000000000000a" // connection id
                                + "00000001" // length
                                + "65"); // e
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        List<Delivery> deliveries = List.of(
                new Push(1, PacketType.SEND_MSG_RESPONSE, JSON),
                new Disconnect(Long.MAX_VALUE, Disconnect.Cause.TAKEN_OVER, "signed in on another device 📱"),
                new Disconnect(4, "asked for"),
                new Push(2, PacketType.NEW_MESSAGE, new byte[0]),
                new SystemMessagesStored(Long.MAX_VALUE),
                new Broadcast(PacketType.SYSTEM_MESSAGE, JSON),
                new SystemMessagesStored(4),
                new SystemMessagesStored(5),
                new Multicast(new long[] {1, Long.MAX_VALUE}, PacketType.NEW_MESSAGE, JSON),
                new Multicast(new long[0], PacketType.NEW_MESSAGE, JSON),
                new Disconnect(3, ""));

        Entry entry = decode(deliveries);

        assertSame(entry.deliveries(), deliveries);
        assertThat(entry.size()).isEqualTo(deliveries.size());
    }

    @Test
    void oneBodyForManyConnectionsTravelsOnce() {
        List<Delivery> fanOut = fanOut(50, JSON);

        List<Encoded> entries = encoder.encode(fanOut, 1, 0);

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).bytes()).hasSize(17 + 11 + 50 * Long.BYTES + JSON.length);
        assertSame(EntryDecoder.decode(entries.get(0).bytes()).deliveries(), fanOut);
    }

    @Test
    void equalBodiesOfDifferentTypesStayApart() {
        List<Delivery> deliveries =
                List.of(new Push(1, PacketType.NEW_MESSAGE, JSON), new Push(2, PacketType.PONG, JSON));

        assertSame(decode(deliveries).deliveries(), deliveries);
    }

    @Test
    void whatIsTooMuchForOneEntryGoesIntoSeveralInOrder() {
        Random random = new Random(3);
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            switch (random.nextInt(6)) {
                case 2 ->
                    deliveries.add(new Multicast(
                            new long[random.nextInt(50)], PacketType.NEW_MESSAGE, new byte[random.nextInt(400)]));
                case 4 -> deliveries.add(new SystemMessagesStored(i));
                case 0 -> deliveries.add(new Disconnect(i, "x".repeat(random.nextInt(50))));
                case 1 -> deliveries.addAll(fanOut(random.nextInt(1, 300), new byte[random.nextInt(400)]));
                default ->
                    deliveries.add(
                            new Push(i, PacketType.NEW_MESSAGE, new byte[random.nextInt(400)], random.nextInt(3)));
            }
        }

        List<Encoded> entries = encoder.encode(deliveries, 5, 1_000);

        List<Delivery> read = new ArrayList<>();
        for (Encoded encoded : entries) {
            assertThat(encoded.bytes().length).isLessThanOrEqualTo(1_000);
            Entry entry = EntryDecoder.decode(encoded.bytes());
            assertThat(entry.writer()).isEqualTo(5);
            assertThat(entry.number()).isEqualTo(1_000 + read.size());
            assertThat(entry.size()).isEqualTo(encoded.deliveries());
            read.addAll(entry.deliveries());
        }
        assertSame(read, deliveries);
    }

    @Test
    void aDeliveryLargerThanAnEntryTravelsAlone() {
        List<Delivery> deliveries = List.of(
                new Push(1, PacketType.NEW_MESSAGE, JSON),
                new Push(2, PacketType.NEW_MESSAGE, new byte[5_000]),
                new Push(3, PacketType.NEW_MESSAGE, JSON));

        assertThat(encoder.encode(deliveries, 1, 0))
                .extracting(Encoded::deliveries)
                .containsExactly(1, 1, 1);
    }

    @Test
    void aBroadcastOfTheFutureIsPassedOverAndCounted() {
        byte[] bytes = encoder.encode(
                        List.of(new Broadcast(PacketType.SYSTEM_MESSAGE, JSON), new Disconnect(2, "over")), 1, 0)
                .get(0)
                .bytes();
        bytes[17 + 1] = 0x7F;

        Entry entry = EntryDecoder.decode(bytes);

        assertThat(entry.deliveries()).containsExactly(new Disconnect(2, "over"));
        assertThat(entry.unknown()).isEqualTo(1);
    }

    @Test
    void aKindOfTheFutureIsPassedOverAndCounted() {
        byte[] bytes = encoder.encode(
                        List.of(new SystemMessagesStored(1), new SystemMessagesStored(2), new Disconnect(2, "over")),
                        1,
                        0)
                .get(0)
                .bytes();
        bytes[17] = 0x7F;

        Entry entry = EntryDecoder.decode(bytes);

        assertThat(entry.deliveries()).containsExactly(new Disconnect(2, "over"));
        assertThat(entry.unknown()).isEqualTo(2);
    }

    @Test
    void aPacketTypeOfTheFutureIsPassedOverAndCounted() {
        byte[] bytes = encoder.encode(
                        List.of(new Push(1, PacketType.NEW_MESSAGE, JSON), new Disconnect(2, "over")), 1, 0)
                .get(0)
                .bytes();
        bytes[17 + 5 + Long.BYTES] = 0x7F;

        Entry entry = EntryDecoder.decode(bytes);

        assertThat(entry.deliveries()).containsExactly(new Disconnect(2, "over"));
        assertThat(entry.unknown()).isEqualTo(1);
        assertThat(entry.size()).isEqualTo(2);
    }

    @Test
    void bytesThatAreNoEntryAreRefusedWhateverTheyAre() {
        byte[] good = encoder.encode(
                        List.of(
                                new Push(1, PacketType.NEW_MESSAGE, JSON),
                                new SystemMessagesStored(3),
                                new Multicast(new long[] {3}, PacketType.NEW_MESSAGE, JSON),
                                new Disconnect(2, "over")),
                        1,
                        0)
                .get(0)
                .bytes();
        assertThatThrownBy(() -> EntryDecoder.decode(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryDecoder.decode(new byte[] {2, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version: 2");
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            if (bad.length > 0) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                EntryDecoder.decode(bad);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("r_id");
            }
        }
    }

    @Test
    void gapsInAWritersCountingAreNoticedAndRepetitionsAreNot() {
        MissedDeliveries missed = new MissedDeliveries();

        assertThat(missed.before(entry(1, 0, 5))).isZero();
        assertThat(missed.before(entry(1, 5, 5))).isZero();
        assertThat(missed.before(entry(1, 12, 1))).isEqualTo(2);
        assertThat(missed.before(entry(2, 3, 1))).isEqualTo(3);
        assertThat(missed.before(entry(1, 5, 5))).isZero();
        assertThat(missed.before(entry(1, 13, 1))).isZero();
        assertThat(missed.before(EntryDecoder.decode(EntryEncoder.empty()))).isZero();
    }

    private static Entry entry(long writer, long number, int size) {
        return new Entry(writer, number, fanOut(size, JSON), 0);
    }

    private static List<Delivery> fanOut(int connections, byte[] json) {
        return LongStream.range(0, connections)
                .mapToObj(id -> (Delivery) new Push(id, PacketType.NEW_MESSAGE, json))
                .toList();
    }

    private Entry decode(List<Delivery> deliveries) {
        return EntryDecoder.decode(encoder.encode(deliveries, 1, 0).get(0).bytes());
    }

    private static void assertSame(List<Delivery> actual, List<Delivery> expected) {
        assertThat(actual.stream().map(EntryTests::comparable).toList())
                .isEqualTo(expected.stream().map(EntryTests::comparable).toList());
    }

    /** Records that hold arrays are equal only to themselves. */
    private static Object comparable(Delivery delivery) {
        if (delivery instanceof Broadcast broadcast) {
            return List.of(broadcast.type(), ByteBuffer.wrap(broadcast.json()));
        }
        if (delivery instanceof Multicast multicast) {
            return List.of(
                    Arrays.toString(multicast.connectionIds()),
                    multicast.type(),
                    ByteBuffer.wrap(multicast.json()),
                    multicast.arrivedAt());
        }
        return delivery instanceof Push push
                ? List.of(push.connectionId(), push.type(), ByteBuffer.wrap(push.json()), push.arrivedAt())
                : delivery;
    }
}
