package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.journal.BatchHandler;
import com.linbox.journal.JournalRecord;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.ErrorCode;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.message.SendOutcome;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.protocol.Command;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.NewMessage;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.SendMsgRequest;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.redis.RedisBatch;
import com.linbox.store.MessageStore;
import com.linbox.store.Numbering;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Stores messages and tells those concerned, a batch at a time and in this order: rows committed, inboxes moved up,
 * answers and notifications put into the outboxes. A crash anywhere between replays the batch, which finds its rows there
 * and goes on.
 */
final class SendHandler implements BatchHandler {

    private final MessageStore store;
    private final Numbering numbering;
    private final Inbox inbox;
    private final Presence presence;
    private final OutboxWriter outbox;
    private final RedisBatch redis;
    private final CommandReader commands;
    private final RouterMeters meters;
    private final Clock clock;

    SendHandler(RouterServices services) {
        this.store = services.store();
        this.numbering = new Numbering(services.settings().counters());
        this.inbox = services.inbox();
        this.presence = services.presence();
        this.outbox = services.outbox();
        this.redis = services.redis().newBatch();
        this.commands = services.commands();
        this.meters = services.meters();
        this.clock = services.clock();
    }

    @Override
    public void onReassigned() {
        numbering.forgetAll();
    }

    @Override
    public void handle(List<JournalRecord> batch) {
        Answers answers = new Answers(meters);
        List<Pending> pending = new ArrayList<>(batch.size());
        List<Draft> drafts = new ArrayList<>(batch.size());
        for (JournalRecord record : batch) {
            try {
                Command.Send send = read(record);
                pending.add(new Pending(record.origin(), send.request()));
                drafts.add(send.draft());
            } catch (RequestRejectedException e) {
                answers.reject(record, e);
            }
        }
        List<SendOutcome> outcomes = drafts.isEmpty() ? List.of() : store.append(drafts, numbering, clock.millis());
        List<News> news = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            Pending request = pending.get(i);
            Message message = storedMessage(outcomes.get(i));
            answers.respond(request.origin(), response(request, outcomes.get(i)));
            if (message != null) {
                news.add(new News(message, request.origin()));
            }
        }
        notifyOf(news, answers);
        answers.send(outbox, redis, clock);
    }

    @Override
    public void close() {
        redis.close();
    }

    private Command.Send read(JournalRecord record) throws RequestRejectedException {
        Command command = commands.read(Requests.read(record), record.origin().userId());
        if (command instanceof Command.Send send) {
            return send;
        }
        throw new RequestRejectedException(
                ErrorCode.UNSUPPORTED, "packet type: " + record.origin().type().code());
    }

    /** What is in the database now; a duplicate too, for nobody knows whether its first attempt got any further. */
    private static @Nullable Message storedMessage(SendOutcome outcome) {
        if (outcome instanceof SendOutcome.Stored stored) {
            return stored.message();
        }
        return outcome instanceof SendOutcome.Duplicate duplicate ? duplicate.first() : null;
    }

    private ServerPacket response(Pending pending, SendOutcome outcome) {
        SendMsgRequest request = pending.request();
        if (outcome instanceof SendOutcome.Refused refused) {
            meters.rejected(refused.code());
            return request.failure(refused.code(), refused.detail());
        }
        Message message = Objects.requireNonNull(storedMessage(outcome));
        return new SendMsgResponse(
                request.rId(),
                message.requestId(),
                request.userId(),
                request.remoteId(),
                request.groupId(),
                message.msgId(),
                message.sendTime(),
                request.type(),
                ServerPacket.OK,
                null);
    }

    private void notifyOf(List<News> news, Answers answers) {
        Map<Long, CompletionStage<List<Session>>> sessions = new HashMap<>();
        inbox.stored(redis, news.stream().map(News::message).toList());
        for (News item : news) {
            sessions.computeIfAbsent(item.message().senderId(), user -> presence.sessions(redis, user));
            sessions.computeIfAbsent(item.recipient(), user -> presence.sessions(redis, user));
        }
        redis.execute();
        for (News item : news) {
            push(item, item.recipient(), item.message().senderId(), sessions, answers);
            if (item.recipient() != item.message().senderId()) {
                push(item, item.message().senderId(), item.recipient(), sessions, answers);
            }
        }
    }

    /** Pushes to all sessions of a user but the one that sent the message. */
    private static void push(
            News item, long user, long partner, Map<Long, CompletionStage<List<Session>>> sessions, Answers answers) {
        byte[] json = null;
        for (Session session : await(sessions.get(user))) {
            if (item.isFrom(session)) {
                continue;
            }
            if (json == null) {
                json = PacketJson.write(new NewMessage(
                        Long.toString(user),
                        Long.toString(partner),
                        null,
                        item.message().conversation().type().code(),
                        MessageBody.of(item.message())));
            }
            answers.push(session, new Delivery.Push(session.connectionId(), PacketType.NEW_MESSAGE, json));
        }
    }

    private static List<Session> await(@Nullable CompletionStage<List<Session>> sessions) {
        return sessions == null ? List.of() : sessions.toCompletableFuture().join();
    }

    private record Pending(Origin origin, SendMsgRequest request) {}

    /** A message that others are to learn of, and who sent it from where. */
    private record News(Message message, Origin origin) {

        long recipient() {
            if (message.conversation() instanceof Conversation.Session pair) {
                return pair.partnerOf(message.senderId());
            }
            throw new IllegalStateException(message.conversation() + " (expected: one to one)");
        }

        boolean isFrom(Session session) {
            return session.connectionId() == origin.connectionId()
                    && session.gatewayId().equals(origin.gatewayId());
        }
    }
}
