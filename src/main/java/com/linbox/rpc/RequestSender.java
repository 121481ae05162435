package com.linbox.rpc;

import com.linbox.journal.Origin;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.message.Conversation;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxReader;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.Packet;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.Request;
import com.linbox.protocol.ServerPacket;
import com.linbox.rpc.api.RequestFailedException;
import com.linbox.tracing.Span;
import com.linbox.tracing.SpanFact;
import com.linbox.tracing.SpanName;
import com.linbox.tracing.TraceContext;
import com.linbox.tracing.Tracing;
import com.linbox.tracing.Trail;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.dubbo.rpc.RpcContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has requests that add to a conversation carried out the way a gateway does: queues them for the routers, and is answered on
 * an outbox of its own, in which a call that waits stands in the place of a connection. Thread-safe.
 */
final class RequestSender {

    private static final Logger log = LoggerFactory.getLogger(RequestSender.class);
    private static final String STOPPING = "the server is stopping";

    private final String instanceId;
    private final OutboxReader outbox;
    private final RequestLog requestLog;
    private final CommandReader commands;
    private final Clock clock;
    private final Tracing tracing;
    private final AtomicLong lastCall = new AtomicLong();
    private final ConcurrentMap<Long, CompletableFuture<ServerPacket>> waiting = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param instanceId never used by another instance, or by this one before */
    RequestSender(
            String instanceId,
            OutboxReader outbox,
            RequestLog requestLog,
            CommandReader commands,
            Clock clock,
            Tracing tracing) {
        this.instanceId = instanceId;
        this.outbox = outbox;
        this.requestLog = requestLog;
        this.commands = commands;
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * Who asks.
     *
     * @param userId on whose behalf
     * @param trusted whether the user need not have the right to it
     */
    record Asker(long userId, boolean trusted) {

        /** A user as good as by a client of theirs. */
        static Asker user(long userId) {
            return new Asker(userId, false);
        }

        /** The product's back end, whose word is enough. */
        static Asker backEnd(long userId) {
            return new Asker(userId, true);
        }
    }

    /** Opens the way back. */
    void start() {
        stopped = false;
        outbox.start(instanceId, this::answers);
    }

    /** Ends it; calls that still wait are told so, as are all that come. */
    void stop() {
        stopped = true;
        outbox.stop();
        waiting.values().forEach(call -> call.completeExceptionally(undecided(STOPPING)));
    }

    /**
     * Has a request carried out and waits for its answer, be it that it is refused.
     *
     * @param request one that adds to a conversation
     * @param answer what it is answered with
     * @throws RequestFailedException where it makes no sense, or there is no answer before the deadline: it may have been
     *     carried out or not then
     */
    <T extends ServerPacket> T ask(Asker asker, Request request, Class<T> answer, Duration deadline) {
        Conversation conversation = conversation(request, asker.userId());
        byte[] json = PacketJson.write(request);
        long call = lastCall.incrementAndGet();
        CompletableFuture<ServerPacket> answered = new CompletableFuture<>();
        waiting.put(call, answered);
        Span span = tracing.begin(SpanName.CALL, callersTrace());
        Trail trail = Trail.of(asker.userId(), request.rId(), span.context());
        try {
            if (span.isRecorded()) {
                span.with(SpanFact.PACKET_TYPE, request.packetType().name()).with(SpanFact.USER_ID, asker.userId());
            }
            Origin origin = new Origin(
                    request.packetType(),
                    instanceId,
                    call,
                    asker.userId(),
                    "",
                    clock.millis(),
                    asker.trusted(),
                    span.context());
            if (stopped) {
                throw Failures.of(ErrorCode.UNAVAILABLE, STOPPING);
            }
            trail.note("{} goes to {}", request.packetType(), Topic.SEND.topicName());
            requestLog.publish(Topic.SEND, conversation.key(), origin, json, failure -> {
                if (failure != null) {
                    trail.around(() -> log.debug("A request of user {} was not queued", asker.userId(), failure));
                    answered.completeExceptionally(undecided("it may not have been queued"));
                }
            });
            T found = answer.cast(await(answered, deadline));
            span.end();
            return found;
        } catch (RuntimeException e) {
            span.fail(e);
            throw e;
        } finally {
            waiting.remove(call);
        }
    }

    /** A back end that traces its own requests says so in a header of HTTP, or an attachment of Dubbo. */
    private static @Nullable TraceContext callersTrace() {
        return TraceContext.parse(RpcContext.getServerAttachment().getAttachment(TraceContext.HEADER));
    }

    /** Checks the request as a router will, so that what is wrong is told at once. */
    private Conversation conversation(Request request, long userId) {
        try {
            Conversation conversation = commands.read(request, userId).writesTo();
            if (conversation == null) {
                throw new IllegalArgumentException(request.packetType() + " (expected: what adds to a conversation)");
            }
            return conversation;
        } catch (RequestRejectedException e) {
            throw Refusals.of(e);
        }
    }

    private static ServerPacket await(CompletableFuture<ServerPacket> answer, Duration deadline) {
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw undecided("no answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            RequestFailedException known = Failures.known(e);
            throw known == null ? Failures.of(ErrorCode.FAILED) : known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undecided(STOPPING);
        }
    }

    private static RequestFailedException undecided(String why) {
        return Failures.of(
                ErrorCode.UNAVAILABLE,
                why + ": whether it is done is found out by calling again with the same requestId");
    }

    private void answers(List<Delivery> deliveries) {
        for (Delivery any : deliveries) {
            Delivery delivery = any instanceof Delivery.Traced traced ? traced.delivery() : any;
            if (delivery instanceof Delivery.Push push) {
                // Gone where its call has given up waiting.
                CompletableFuture<ServerPacket> call = waiting.get(push.connectionId());
                if (call != null) {
                    answer(call, push);
                }
            }
        }
    }

    private static void answer(CompletableFuture<ServerPacket> call, Delivery.Push push) {
        try {
            Packet packet = PacketJson.read(push.type(), push.json());
            call.complete((ServerPacket) packet);
        } catch (RequestRejectedException e) {
            call.completeExceptionally(e);
        }
    }
}
