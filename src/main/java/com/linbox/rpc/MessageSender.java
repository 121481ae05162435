package com.linbox.rpc;

import com.linbox.journal.Origin;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.message.Conversation;
import com.linbox.message.ConversationType;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxReader;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.Packet;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.SendMsgRequest;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.rpc.api.RequestFailedException;
import com.linbox.rpc.api.SentMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages the way a gateway does: queues them for the routers, and is answered on an outbox of its own, in which a call
 * that waits stands in the place of a connection. Thread-safe.
 */
final class MessageSender {

    private static final Logger log = LoggerFactory.getLogger(MessageSender.class);

    private final String instanceId;
    private final OutboxReader outbox;
    private final RequestLog requestLog;
    private final CommandReader commands;
    private final Clock clock;
    private final AtomicLong lastCall = new AtomicLong();
    private final ConcurrentMap<Long, CompletableFuture<SendMsgResponse>> waiting = new ConcurrentHashMap<>();

    /** @param instanceId never used by another instance, or by this one before */
    MessageSender(String instanceId, OutboxReader outbox, RequestLog requestLog, CommandReader commands, Clock clock) {
        this.instanceId = instanceId;
        this.outbox = outbox;
        this.requestLog = requestLog;
        this.commands = commands;
        this.clock = clock;
    }

    /** Opens the way back. */
    void start() {
        outbox.start(instanceId, this::answers);
    }

    /** Ends it; calls that still wait are told so. */
    void stop() {
        outbox.stop();
        waiting.values().forEach(call -> call.completeExceptionally(Failures.of(ErrorCode.UNAVAILABLE)));
    }

    /**
     * Sends a message and waits until it is stored.
     *
     * @param mimeType null for {@code text/plain}
     * @param content null is empty
     * @throws RequestFailedException where it is refused, or not known to be stored before the deadline
     */
    SentMessage send(
            long senderId,
            long recipientId,
            long requestId,
            @Nullable String mimeType,
            @Nullable String content,
            Duration deadline) {
        SendMsgRequest request = checked(request(senderId, recipientId, requestId, mimeType, content), senderId);
        Conversation conversation = new Conversation.Session(senderId, recipientId);
        byte[] json = PacketJson.write(request);
        long call = lastCall.incrementAndGet();
        CompletableFuture<SendMsgResponse> answer = new CompletableFuture<>();
        waiting.put(call, answer);
        try {
            Origin origin = new Origin(PacketType.SEND_MSG_REQUEST, instanceId, call, senderId, "", clock.millis());
            requestLog.publish(Topic.SEND, conversation.key(), origin, json, failure -> {
                if (failure != null) {
                    log.debug("A message of user {} was not queued", senderId, failure);
                    answer.completeExceptionally(undecided("it may not have been queued"));
                }
            });
            return sent(requestId, await(answer, deadline));
        } finally {
            waiting.remove(call);
        }
    }

    private static SendMsgRequest request(
            long senderId, long recipientId, long requestId, @Nullable String mimeType, @Nullable String content) {
        String sender = Long.toString(senderId);
        String recipient = Long.toString(recipientId);
        int type = ConversationType.SESSION.code();
        MessageBody body = new MessageBody(requestId, sender, recipient, null, null, mimeType, content, null, type);
        return new SendMsgRequest(requestId, sender, recipient, null, body, type);
    }

    /** As a router will check it, so that what is wrong is told at once. */
    private SendMsgRequest checked(SendMsgRequest request, long senderId) {
        try {
            commands.read(request, senderId);
            return request;
        } catch (RequestRejectedException e) {
            throw Failures.of(e.code(), inCallersWords(e.detail()));
        }
    }

    private static SendMsgResponse await(CompletableFuture<SendMsgResponse> answer, Duration deadline) {
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw undecided("no answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            RequestFailedException known = Failures.known(e);
            throw known == null ? Failures.of(ErrorCode.FAILED) : known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undecided("the server is stopping");
        }
    }

    private static RequestFailedException undecided(String why) {
        return Failures.of(
                ErrorCode.UNAVAILABLE,
                why + ": whether the message is stored is found out by sending it again with the same requestId");
    }

    private static SentMessage sent(long requestId, SendMsgResponse response) {
        Long msgId = response.msgId();
        Long sendTime = response.sendTime();
        if (response.status() != ServerPacket.OK || msgId == null || sendTime == null) {
            throw refused(response);
        }
        return new SentMessage(Long.toString(requestId), msgId, sendTime);
    }

    private static RequestFailedException refused(SendMsgResponse response) {
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.status() == response.status())
                .reduce((first, last) -> last)
                .orElse(ErrorCode.FAILED);
        String text = response.errMsg();
        return Failures.of(code, text == null ? code.text() : inCallersWords(text));
    }

    /** The routers' texts name the wire's fields. */
    private static String inCallersWords(String text) {
        return text.replace("msg.mime_type", "mimeType").replace("msg.content", "content");
    }

    private void answers(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Push push && push.type() == PacketType.SEND_MSG_RESPONSE) {
                // Gone where its call has given up waiting.
                CompletableFuture<SendMsgResponse> call = waiting.get(push.connectionId());
                if (call != null) {
                    answer(call, push.json());
                }
            }
        }
    }

    private static void answer(CompletableFuture<SendMsgResponse> call, byte[] json) {
        try {
            Packet packet = PacketJson.read(PacketType.SEND_MSG_RESPONSE, json);
            call.complete((SendMsgResponse) packet);
        } catch (RequestRejectedException e) {
            call.completeExceptionally(e);
        }
    }
}
