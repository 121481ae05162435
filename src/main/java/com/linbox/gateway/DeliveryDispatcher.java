package com.linbox.gateway;

import com.linbox.outbox.Delivery;
import com.linbox.protocol.PacketType;
import com.linbox.tracing.Span;
import com.linbox.tracing.SpanFact;
import com.linbox.tracing.SpanName;
import com.linbox.tracing.TraceContext;
import com.linbox.tracing.Tracing;
import com.linbox.tracing.Trail;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes blocks of deliveries from the outbox to the connections they are for: one task for each event loop and block, one
 * flush for each connection and block.
 */
final class DeliveryDispatcher implements Consumer<List<Delivery>> {

    private final Connections connections;
    private final GatewayMeters meters;
    private final Tracing tracing;
    private final Clock clock;

    DeliveryDispatcher(Connections connections, GatewayMeters meters, Tracing tracing, Clock clock) {
        this.connections = connections;
        this.meters = meters;
        this.tracing = tracing;
        this.clock = clock;
    }

    @Override
    public void accept(List<Delivery> block) {
        Map<EventLoop, List<Addressed>> byLoop = new HashMap<>();
        for (Delivery any : block) {
            TraceContext trace = any instanceof Delivery.Traced traced ? traced.trace() : null;
            Delivery delivery = any instanceof Delivery.Traced traced ? traced.delivery() : any;
            for (Connection connection : recipients(delivery)) {
                Span span = trace == null ? Span.NONE : span(trace, connection);
                byLoop.computeIfAbsent(connection.channel().eventLoop(), loop -> new ArrayList<>())
                        .add(new Addressed(connection, delivery, span));
            }
        }
        byLoop.forEach((loop, deliveries) -> loop.execute(() -> write(deliveries)));
    }

    private Span span(TraceContext trace, Connection connection) {
        return tracing.follow(SpanName.DELIVER, trace).with(SpanFact.CONNECTION_ID, connection.id());
    }

    private Collection<Connection> recipients(Delivery delivery) {
        if (delivery instanceof Delivery.Push push) {
            return found(push.connectionId());
        }
        if (delivery instanceof Delivery.Disconnect disconnect) {
            return found(disconnect.connectionId());
        }
        if (delivery instanceof Delivery.SystemMessagesStored stored) {
            return found(stored.connectionId());
        }
        if (delivery instanceof Delivery.Multicast multicast) {
            return Arrays.stream(multicast.connectionIds())
                    .mapToObj(this::found)
                    .flatMap(Collection::stream)
                    .toList();
        }
        return connections.all();
    }

    private Collection<Connection> found(long connectionId) {
        Connection connection = connections.find(connectionId);
        if (connection == null) {
            meters.undelivered();
            return List.of();
        }
        return List.of(connection);
    }

    private void write(List<Addressed> deliveries) {
        Set<Connection> written = new LinkedHashSet<>();
        long now = clock.millis();
        for (Addressed addressed : deliveries) {
            Connection connection = addressed.connection();
            if (addressed.delivery() instanceof Delivery.Disconnect disconnect) {
                connection.close(causeOf(disconnect), disconnect.reason());
            } else if (addressed.delivery() instanceof Delivery.SystemMessagesStored stored) {
                // A client whose sign-in is not answered yet gets all there are after that.
                connection.channel().pipeline().fireUserEventTriggered(stored);
            } else if (connection.state() == Connection.State.SIGNED_IN) {
                write(connection, addressed.delivery(), now);
                written.add(connection);
                if (Trail.isNoted()) {
                    DeliveryTrail.note(
                            connection, addressed.delivery(), addressed.span().context());
                }
            } else if (!(addressed.delivery() instanceof Delivery.Broadcast)) {
                // A client whose sign-in is not answered yet asks for its unread messages first and misses nothing.
                meters.undelivered();
            }
        }
        for (Connection connection : written) {
            connection.channel().flush();
        }
        deliveries.forEach(addressed -> addressed.span().end());
    }

    private void write(Connection connection, Delivery delivery, long now) {
        if (delivery instanceof Delivery.Push push) {
            connection.write(push.type(), push.json());
            measure(push.type(), push.arrivedAt(), now);
            if (push.type().isResponse()) {
                connection.answered();
            }
        } else if (delivery instanceof Delivery.Multicast multicast) {
            connection.writeAddressed(multicast.type(), multicast.json());
            measure(multicast.type(), multicast.arrivedAt(), now);
        } else if (delivery instanceof Delivery.Broadcast broadcast) {
            connection.write(broadcast.type(), broadcast.json());
        }
    }

    private void measure(PacketType type, long arrivedAt, long now) {
        if (arrivedAt != Delivery.NO_ARRIVAL) {
            meters.delivered(type, now - arrivedAt);
        }
    }

    private static CloseCause causeOf(Delivery.Disconnect disconnect) {
        return switch (disconnect.cause()) {
            case TAKEN_OVER -> CloseCause.TAKEN_OVER;
            case REQUESTED -> CloseCause.DISCONNECTED;
        };
    }

    private record Addressed(Connection connection, Delivery delivery, Span span) {}
}
