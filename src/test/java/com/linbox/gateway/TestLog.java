package com.linbox.gateway;

import com.linbox.journal.Origin;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.outbox.Delivery;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.SendMsgRequest;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.protocol.ServerPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes every request at once, and answers sends as if they were stored, numbered as they came. */
final class TestLog implements RequestLog {

    final AtomicLong taken = new AtomicLong();
    final Queue<String> pulls = new ConcurrentLinkedQueue<>();
    private final Consumer<List<Delivery>> deliveries;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean congested;
    private volatile boolean keepPulls;
    private @Nullable List<Delivery> held;

    TestLog(Consumer<List<Delivery>> deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public void publish(Topic topic, String key, Origin origin, byte[] json, Consumer<@Nullable Exception> whenDone) {
        long number = taken.incrementAndGet();
        whenDone.accept(null);
        if (origin.type() == PacketType.PULL_OLD_MSG_REQUEST && keepPulls) {
            pulls.add(new String(json, StandardCharsets.UTF_8));
        }
        if (topic == Topic.SEND) {
            answer(origin, json, number);
        }
    }

    private void answer(Origin origin, byte[] json, long number) {
        try {
            var request = (SendMsgRequest) PacketJson.read(origin.type(), json);
            var response = new SendMsgResponse(
                    request.rId(),
                    request.msg() == null ? null : request.msg().rId(),
                    request.userId(),
                    request.remoteId(),
                    request.groupId(),
                    number,
                    origin.arrivedAt(),
                    request.type(),
                    ServerPacket.OK,
                    null);
            deliver(new Delivery.Push(origin.connectionId(), PacketType.SEND_MSG_RESPONSE, PacketJson.write(response)));
        } catch (Exception e) {
            throw new IllegalStateException("the gateway lets through what it should not", e);
        }
    }

    private synchronized void deliver(Delivery answer) {
        if (held == null) {
            deliveries.accept(List.of(answer));
        } else {
            held.add(answer);
        }
    }

    /** From now on answers wait. */
    synchronized void holdAnswers() {
        held = new ArrayList<>();
    }

    /** Gives the answers that wait, and all others at once. */
    synchronized void releaseAnswers() {
        List<Delivery> answers = held;
        held = null;
        deliveries.accept(answers);
    }

    /** Has {@link #pulls} kept, in the order in which they came. */
    void keepPulls() {
        keepPulls = true;
    }

    void setCongested(boolean now) {
        congested = now;
        if (!now) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    @Override
    public void onRelief(Runnable listener) {
        listeners.add(listener);
    }
}
