package com.linbox.outbox;

import com.linbox.outbox.Delivery.Push;
import com.linbox.protocol.PacketType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A listener that keeps what it is given. */
final class ReceivedDeliveries implements Consumer<List<Delivery>> {

    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void accept(List<Delivery> block) {
        texts.addAll(block.stream().map(ReceivedDeliveries::text).toList());
    }

    /** The JSON of pushes and the reasons of disconnects, in the order received. */
    List<String> texts() {
        return texts;
    }

    private static String text(Delivery delivery) {
        return delivery instanceof Push push
                ? new String(push.json(), StandardCharsets.UTF_8)
                : ((Delivery.Disconnect) delivery).reason();
    }

    static Push push(String text) {
        return new Push(1, PacketType.NEW_MESSAGE, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Pushes with the numbers from (inclusive) to (exclusive) as their text. */
    static List<Push> pushes(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> push(Integer.toString(number)))
                .toList();
    }

    static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
