package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.inbox.InboxEntry;
import com.linbox.journal.BatchHandler;
import com.linbox.journal.JournalRecord;
import com.linbox.journal.Origin;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.OutboxWriter;
import com.linbox.protocol.Command;
import com.linbox.protocol.CommandReader;
import com.linbox.redis.RedisBatch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Answers what is asked of a user's own state: unread counts, read positions, history. A batch is worked off in waves, in
 * which every user has at most one request, so that each request sees what the same user's earlier ones did. Within a wave
 * everything is asked of Redis at once, then of the database, then Redis is told what has changed.
 */
final class QueryHandler implements BatchHandler {

    private final RouterServices services;
    private final ExecutorService pulls;
    private final OutboxWriter outbox;
    private final RedisBatch redis;
    private final CommandReader commands;
    private final RouterMeters meters;
    private final Clock clock;

    QueryHandler(RouterServices services, ExecutorService pulls) {
        this.redis = services.redis().newBatch();
        this.services = services;
        this.pulls = pulls;
        this.outbox = services.outbox();
        this.commands = services.commands();
        this.meters = services.meters();
        this.clock = services.clock();
    }

    @Override
    public void handle(List<JournalRecord> batch) {
        for (List<JournalRecord> wave : waves(batch)) {
            handleWave(wave);
        }
    }

    @Override
    public void close() {
        redis.close();
    }

    /** The first wave has the first request of every user, the second the second, and so on. */
    private static List<List<JournalRecord>> waves(List<JournalRecord> batch) {
        List<List<JournalRecord>> waves = new ArrayList<>();
        Map<Long, Integer> requestsOf = new HashMap<>();
        for (JournalRecord record : batch) {
            int wave = requestsOf.merge(record.origin().userId(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(record);
        }
        return waves;
    }

    private void handleWave(List<JournalRecord> wave) {
        Answers answers = new Answers(meters);
        List<Query> queries = new ArrayList<>(wave.size());
        for (JournalRecord record : wave) {
            try {
                queries.add(begin(record));
            } catch (RequestRejectedException e) {
                answers.reject(record, e);
            }
        }
        redis.execute();
        StoreReads reads = new StoreReads(services.store(), pulls);
        queries.forEach(query -> query.askStore(reads));
        reads.run();
        queries.forEach(query -> answers.respond(query.origin(), query.finish()));
        redis.execute();
        answers.send(outbox, redis, clock);
    }

    private Query begin(JournalRecord record) throws RequestRejectedException {
        Origin origin = record.origin();
        Inbox inbox = services.inbox();
        long maxBytes = services.settings().maxResponse().toBytes();
        Command command = commands.read(Requests.read(record), origin.userId());
        if (command instanceof Command.ReadAck ack) {
            return new ReadAckQuery(origin, ack, inbox, redis);
        }
        if (command instanceof Command.Pull pull) {
            return new PullQuery(origin, pull, inbox, redis, maxBytes);
        }
        if (command instanceof Command.SyncAll all) {
            // One more than asked for tells whether there are more.
            var page = inbox.page(redis, origin.userId(), all.offset(), all.limit() + 1);
            return new SyncUnreadQuery(origin, all.request(), all.offset(), all.limit(), maxBytes, page);
        }
        if (command instanceof Command.SyncOne one) {
            var entry = inbox.entry(redis, origin.userId(), one.conversation())
                    .thenApply(found -> found == null ? List.<InboxEntry>of() : List.of(found));
            return new SyncUnreadQuery(origin, one.request(), 0, 1, maxBytes, entry);
        }
        if (command instanceof Command.SystemUnread unread) {
            return new SystemUnreadQuery(origin, unread.request(), services.systemMessages(), redis);
        }
        if (command instanceof Command.SystemUnreadAck ack) {
            return new SystemUnreadAckQuery(origin, ack, services.systemMessages(), redis);
        }
        throw new RequestRejectedException(
                ErrorCode.UNSUPPORTED, "packet type: " + origin.type().code());
    }
}
