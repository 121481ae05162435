package com.linbox.router;

import com.linbox.group.GroupRules;
import com.linbox.group.GroupState;
import com.linbox.journal.BatchHandler;
import com.linbox.journal.JournalRecord;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.ErrorCode;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.message.SendOutcome;
import com.linbox.protocol.Command;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.SendMsgRequest;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.redis.RedisBatch;
import com.linbox.store.MessageStore;
import com.linbox.store.Numbering;
import com.linbox.tracing.Span;
import com.linbox.tracing.SpanFact;
import com.linbox.tracing.SpanName;
import com.linbox.tracing.Trail;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stores messages and tells those concerned, a batch at a time and in this order: rows committed, inboxes moved up,
 * answers and notifications put into the outboxes. A crash anywhere between replays the batch, which finds its rows there
 * and goes on.
 *
 * <p>All that adds to a conversation comes here in order. Messages are stored together; what changes a group or an earlier
 * message is carried out by itself, after the messages that came before it.
 */
final class SendHandler implements BatchHandler {

    private final MessageStore store;
    private final Numbering numbering;
    private final GroupCache groups;
    private final GroupChanges groupChanges;
    private final MessageChanges messageChanges;
    private final Notifier notifier;
    private final RedisBatch redis;
    private final RouterServices services;
    private final CommandReader commands;
    private final Clock clock;

    SendHandler(RouterServices services) {
        this.services = services;
        this.store = services.store();
        this.numbering = new Numbering(services.settings().counters());
        this.groups = new GroupCache(services.groups(), services.settings().cachedMembers());
        this.groupChanges = new GroupChanges(services, groups, numbering);
        this.messageChanges = new MessageChanges(services, groups, numbering);
        this.redis = services.redis().newBatch();
        this.notifier = new Notifier(services, redis);
        this.commands = services.commands();
        this.clock = services.clock();
    }

    @Override
    public void onReassigned() {
        numbering.forgetAll();
        groups.forgetAll();
    }

    @Override
    public void handle(List<JournalRecord> batch) {
        Work work = new Work();
        for (JournalRecord record : batch) {
            try {
                take(record, work);
            } catch (RequestRejectedException e) {
                work.answers.reject(record, e);
            }
        }
        work.store();
        work.answerRefused();
        notifier.tell(work.news, work.answers);
    }

    @Override
    public void close() {
        redis.close();
    }

    private void take(JournalRecord record, Work work) throws RequestRejectedException {
        Origin origin = record.origin();
        Command command = commands.read(Requests.read(record), origin.userId());
        if (command instanceof Command.Send send) {
            GroupState group = null;
            if (send.draft().conversation() instanceof Conversation.Group conversation) {
                group = groups.get(conversation.groupId());
                try {
                    GroupRules.maySend(group, origin.userId(), origin.arrivedAt());
                } catch (RequestRejectedException e) {
                    work.refused.add(new Refused(record, send, e));
                    return;
                }
            }
            work.pending.add(new Pending(origin, send, group));
        } else if (command instanceof Command.ChangeGroup change) {
            work.store();
            work.add(groupChanges.carryOut(origin, change));
        } else if (command instanceof Command.ChangeMsg change) {
            work.store();
            work.add(messageChanges.carryOut(origin, change));
        } else {
            throw new RequestRejectedException(
                    ErrorCode.UNSUPPORTED, "packet type: " + origin.type().code());
        }
    }

    private static ServerPacket response(SendMsgRequest request, Message message) {
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

    /** @param group the group as it is when the message's turn comes, null where it is for none */
    private record Pending(
            Origin origin, Command.Send send, @Nullable GroupState group) {}

    /** A message that its sender may not send, unless it has been stored already, when the sender still might. */
    private record Refused(JournalRecord record, Command.Send send, RequestRejectedException why) {}

    /** One batch's. */
    private final class Work {

        private final Answers answers = new Answers(services.meters());
        private final List<Pending> pending = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private final List<News> news = new ArrayList<>();

        void add(Change change) {
            answers.respond(change.origin(), change.response());
            if (change.news() != null) {
                news.add(change.news());
            }
        }

        /** Stores the messages that have come so far. */
        void store() {
            if (pending.isEmpty()) {
                return;
            }
            List<Draft> drafts =
                    pending.stream().map(item -> item.send().draft()).toList();
            List<SendOutcome> outcomes = append(drafts);
            long now = clock.millis();
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof SendOutcome.Stored) {
                    long arrivedAt = pending.get(i).origin().arrivedAt();
                    services.meters().stored(Duration.ofMillis(Math.max(0, now - arrivedAt)));
                }
                answer(pending.get(i), outcomes.get(i));
            }
            pending.clear();
        }

        private List<SendOutcome> append(List<Draft> drafts) {
            List<Span> spans = pending.stream()
                    .map(item -> item.origin().trace())
                    .filter(Objects::nonNull)
                    .map(trace ->
                            services.tracing().follow(SpanName.STORE, trace).with(SpanFact.BATCH_SIZE, drafts.size()))
                    .toList();
            try {
                List<SendOutcome> outcomes = store.append(drafts, numbering, clock.millis());
                spans.forEach(Span::end);
                return outcomes;
            } catch (RuntimeException e) {
                spans.forEach(span -> span.fail(e));
                throw e;
            }
        }

        private void answer(Pending item, SendOutcome outcome) {
            SendMsgRequest request = item.send().request();
            note(item, request, outcome);
            if (outcome instanceof SendOutcome.Refused refusal) {
                services.meters().rejected(refusal.code());
                answers.respond(item.origin(), request.failure(refusal.code(), refusal.detail()));
                return;
            }
            Message message = Objects.requireNonNull(Outcomes.message(outcome));
            answers.respond(item.origin(), response(request, message));
            news.add(News.of(message, item.origin(), item.group()));
        }

        private static void note(Pending item, SendMsgRequest request, SendOutcome outcome) {
            if (Trail.isNoted()) {
                Trail trail = Requests.trail(item.origin(), request);
                Message message = Outcomes.message(outcome);
                if (message == null) {
                    trail.note("refused by the store");
                } else {
                    trail.note(
                            "{} as msg_id {} of {}",
                            outcome instanceof SendOutcome.Stored ? "stored" : "had been stored before",
                            message.msgId(),
                            message.conversation().key());
                }
            }
        }

        /** A batch that comes a second time may hold messages of who has been put out of the group since the first. */
        void answerRefused() {
            if (refused.isEmpty()) {
                return;
            }
            List<Message> stored = store.stored(
                    refused.stream().map(item -> item.send().draft()).toList());
            for (Refused item : refused) {
                Message message = stored.stream()
                        .filter(found -> Outcomes.isOf(found, item.send().draft()))
                        .findAny()
                        .orElse(null);
                if (message == null) {
                    answers.reject(item.record(), item.why());
                } else {
                    answers.respond(item.record().origin(), response(item.send().request(), message));
                }
            }
        }
    }
}
