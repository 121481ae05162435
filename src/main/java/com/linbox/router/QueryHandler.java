package com.linbox.router;

import com.linbox.journal.BatchHandler;
import com.linbox.journal.JournalRecord;
import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.OutboxWriter;
import com.linbox.protocol.Command;
import com.linbox.protocol.CommandReader;
import com.linbox.redis.RedisBatch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Answers what is asked of a user's own state: unread counts, read positions, history. A batch is worked off in waves, in
 * which every user has at most one request, so that each request sees what the same user's earlier ones did. Within a wave
 * the database is asked at once for what the requests have to do with groups, Redis for everything, the database for messages;
 * then Redis is told what has changed.
 */
final class QueryHandler implements BatchHandler {

    private final RouterServices services;
    private final ExecutorService pulls;
    private final OutboxWriter outbox;
    private final RedisBatch redis;
    private final CommandReader commands;
    private final RouterMeters meters;
    private final Clock clock;
    private final Queries queries;

    QueryHandler(RouterServices services, ExecutorService pulls) {
        this.redis = services.redis().newBatch();
        this.services = services;
        this.pulls = pulls;
        this.outbox = services.outbox();
        this.commands = services.commands();
        this.meters = services.meters();
        this.clock = services.clock();
        this.queries = new Queries(services, redis);
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

    private void handleWave(List<JournalRecord> requests) {
        Answers answers = new Answers(meters);
        List<Query> begun = begin(requests, answers);
        redis.execute();
        StoreReads reads = new StoreReads(services.store(), pulls);
        begun.forEach(query -> query.askStore(reads));
        reads.run();
        begun.forEach(query -> answers.respond(query.origin(), query.finish()));
        redis.execute();
        begun.forEach(query -> query.tellOthers(answers));
        answers.send(outbox, redis, clock);
    }

    private List<Query> begin(List<JournalRecord> requests, Answers answers) {
        Wave wave = new Wave();
        Map<JournalRecord, Command> read = new LinkedHashMap<>();
        for (JournalRecord record : requests) {
            try {
                long userId = record.origin().userId();
                Command command = commands.read(Requests.read(record), userId);
                wave.add(userId, command);
                read.put(record, command);
            } catch (RequestRejectedException e) {
                answers.reject(record, e);
            }
        }
        wave.read(services.groups());
        List<Query> begun = new ArrayList<>(read.size());
        read.forEach((record, command) -> {
            try {
                begun.add(queries.begin(record.origin(), command, wave));
            } catch (RequestRejectedException e) {
                answers.reject(record, e);
            }
        });
        return begun;
    }
}
