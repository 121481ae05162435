package com.linbox.gateway;

import com.linbox.group.GroupIds;
import com.linbox.journal.Origin;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.message.Conversation;
import com.linbox.message.ErrorCode;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.linbox.presence.Session;
import com.linbox.protocol.Command;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.GroupChangeRequest;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.Ping;
import com.linbox.protocol.Pong;
import com.linbox.protocol.PresenceSubscribeRequest;
import com.linbox.protocol.Request;
import com.linbox.tracing.Span;
import com.linbox.tracing.SpanFact;
import com.linbox.tracing.SpanName;
import com.linbox.tracing.Tracing;
import com.linbox.tracing.Trail;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what a signed-in client asks for and queues it for the routers; what the gateway knows by itself it answers, and
 * whatever is wrong.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

    private final Connection connection;
    private final Session session;
    private final CommandReader commands;
    private final GroupIds groupIds;
    private final RequestLog requestLog;
    private final Backpressure backpressure;
    private final GatewayMeters meters;
    private final Tracing tracing;
    private final Clock clock;
    private final PresenceSubscriber presence;

    RequestHandler(Connection connection, Session session, GatewayServices services) {
        this.connection = connection;
        this.session = session;
        this.commands = services.commands();
        this.groupIds = services.groupIds();
        this.requestLog = services.requestLog();
        this.backpressure = services.backpressure();
        this.meters = services.meters();
        this.tracing = services.tracing();
        this.clock = services.clock();
        this.presence = new PresenceSubscriber(connection, services);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        InboundPacket packet = (InboundPacket) message;
        try {
            handle(packet);
        } catch (RequestRejectedException e) {
            reject(packet.request(), e.code(), e.detail());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        ctx.fireChannelReadComplete();
    }

    private void handle(InboundPacket packet) throws RequestRejectedException {
        if (packet.fault() != null) {
            throw packet.fault();
        }
        Request request = packet.request();
        if (Ids.parse("user_id", request.userId()) != session.userId()) {
            throw new RequestRejectedException(ErrorCode.FOREIGN_USER, ErrorCode.FOREIGN_USER.text());
        }
        if (request instanceof Ping ping) {
            connection.write(new Pong(ping.rId(), null, null));
            return;
        }
        if (request instanceof PresenceSubscribeRequest subscribe) {
            presence.subscribe(subscribe);
            return;
        }
        if (request instanceof GroupChangeRequest change && change.makesGroup()) {
            makeGroup(change);
        } else {
            publish(request, packet.json());
        }
    }

    /** A new group gets its id here, for the id says which router works on it. */
    private void makeGroup(GroupChangeRequest request) throws RequestRejectedException {
        if (request.groupId() != null && !request.groupId().isEmpty()) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE, "group_id: given (expected: none, the server gives a new group its id)");
        }
        if (request.rId() == null) {
            throw new RequestRejectedException(ErrorCode.MISSING_FIELD, "r_id: missing");
        }
        // What else is wrong with it is told before an id is given.
        commands.read(request.of(session.userId()), session.userId());
        groupIds.ofRequest(session.userId(), request.rId())
                .whenComplete(
                        (groupId, failure) -> connection.channel().eventLoop().execute(() -> {
                            if (failure == null) {
                                publishNewGroup(request.of(groupId));
                            } else {
                                unavailable(request, Trail.of(session.userId(), request.rId(), null), failure);
                            }
                        }));
    }

    private void publishNewGroup(GroupChangeRequest request) {
        try {
            publish(request, PacketJson.write(request));
        } catch (RequestRejectedException e) {
            reject(request, e.code(), e.detail());
            connection.channel().flush();
        }
    }

    private void publish(Request request, byte[] json) throws RequestRejectedException {
        Command command = commands.read(request, session.userId());
        Conversation conversation = command.writesTo();
        if (conversation != null) {
            publish(Topic.SEND, conversation.key(), request, json);
        } else {
            publish(Topic.QUERY, Long.toString(session.userId()), request, json);
        }
    }

    private void publish(Topic topic, String key, Request request, byte[] json) {
        Span span = tracing.begin(SpanName.REQUEST, null);
        if (span.isRecorded()) {
            describe(span, request);
        }
        Origin origin = new Origin(
                        request.packetType(),
                        session.gatewayId(),
                        session.connectionId(),
                        session.userId(),
                        session.device(),
                        clock.millis())
                .at(span.context());
        Trail trail = Trail.of(session.userId(), request.rId(), span.context());
        trail.note("{} goes to {}", request.packetType(), topic.topicName());
        connection.asked();
        requestLog.publish(topic, key, origin, json, failure -> {
            if (failure == null) {
                span.end();
            } else {
                span.fail(failure);
                EventLoop loop = connection.channel().eventLoop();
                // After the end of a gateway that could not wait for Kafka there is nobody to tell any more.
                if (!loop.isShutdown()) {
                    loop.execute(() -> {
                        unavailable(request, trail, failure);
                        connection.answered();
                    });
                }
            }
        });
        backpressure.check(connection);
    }

    private void describe(Span span, Request request) {
        span.with(SpanFact.PACKET_TYPE, request.packetType().name()).with(SpanFact.USER_ID, session.userId());
        if (request.rId() != null) {
            span.with(SpanFact.REQUEST_ID, request.rId());
        }
    }

    private void unavailable(Request request, Trail trail, Throwable failure) {
        trail.around(
                () -> log.debug("A {} of user {} was not queued", request.packetType(), session.userId(), failure));
        reject(request, ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.text());
        connection.channel().flush();
    }

    private void reject(Request request, ErrorCode code, String detail) {
        meters.rejected(code);
        Trail.of(session.userId(), request.rId(), null).note("refused: {} {}", code, detail);
        connection.write(request.failure(code, detail));
    }
}
