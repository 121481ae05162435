package com.linbox.router;

import com.linbox.journal.JournalRecord;
import com.linbox.journal.Origin;
import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Session;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.Request;
import com.linbox.protocol.ServerPacket;
import com.linbox.redis.RedisBatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one batch of requests has to tell to whom, gathered so that each gateway gets one entry. Not thread-safe. */
final class Answers {

    private final Map<String, List<Delivery>> byGateway = new LinkedHashMap<>();
    private final List<Origin> answered = new ArrayList<>();
    private final RouterMeters meters;

    Answers(RouterMeters meters) {
        this.meters = meters;
    }

    /** Answers a request. */
    void respond(Origin origin, ServerPacket response) {
        add(
                origin.gatewayId(),
                new Delivery.Push(
                                origin.connectionId(),
                                response.packetType(),
                                PacketJson.write(response),
                                origin.arrivedAt())
                        .of(origin.trace()));
        answered.add(origin);
    }

    /** Answers a request that cannot be carried out. */
    void reject(JournalRecord record, RequestRejectedException fault) {
        meters.rejected(fault.code());
        Request request = Requests.readAnyhow(record);
        Requests.trail(record.origin(), request).note("refused: {} {}", fault.code(), fault.detail());
        respond(record.origin(), request.failure(fault.code(), fault.detail()));
    }

    /** Tells a session something that it has not asked for. */
    void push(Session session, Delivery push) {
        add(session.gatewayId(), push);
    }

    private void add(String gatewayId, Delivery delivery) {
        byGateway.computeIfAbsent(gatewayId, id -> new ArrayList<>()).add(delivery);
    }

    /** Puts everything into the outboxes. */
    void send(OutboxWriter outbox, RedisBatch batch, Clock clock) {
        write(outbox, batch);
        batch.execute();
        count(clock);
    }

    /** Adds to the batch what has come since it was called last. */
    void write(OutboxWriter outbox, RedisBatch batch) {
        byGateway.forEach((gatewayId, deliveries) -> outbox.write(batch, gatewayId, deliveries));
        byGateway.clear();
    }

    /** All is in the outboxes: measures how long it took. */
    void count(Clock clock) {
        long now = clock.millis();
        for (Origin origin : answered) {
            meters.answered(Duration.ofMillis(Math.max(0, now - origin.arrivedAt())));
        }
    }
}
