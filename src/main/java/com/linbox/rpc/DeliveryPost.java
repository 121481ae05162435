package com.linbox.rpc;

import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Hands deliveries to the gateways of sessions, those of one gateway together. Thread-safe. */
final class DeliveryPost {

    private final OutboxWriter outbox;
    private final Batches batches;

    DeliveryPost(OutboxWriter outbox, Batches batches) {
        this.outbox = outbox;
        this.batches = batches;
    }

    /** Returns when the gateways' outboxes have them. */
    void send(Collection<Session> sessions, Function<Session, Delivery> delivery) {
        Map<String, List<Delivery>> byGateway = new LinkedHashMap<>();
        for (Session session : sessions) {
            byGateway
                    .computeIfAbsent(session.gatewayId(), id -> new ArrayList<>())
                    .add(delivery.apply(session));
        }
        send(byGateway);
    }

    /** The same for deliveries that are no session's, by gateway. */
    void send(Map<String, List<Delivery>> byGateway) {
        batches.with(batch -> {
            byGateway.forEach((gatewayId, deliveries) -> outbox.write(batch, gatewayId, deliveries));
            batch.execute();
            return byGateway;
        });
    }
}
