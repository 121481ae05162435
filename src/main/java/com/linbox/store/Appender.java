package com.linbox.store;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How drafts become rows.
 *
 * <p>A batch is numbered from the caller's counters and inserted without asking first. The unique keys are the fence: where
 * one is taken, the batch is rolled back, what is there already is looked up, the counters are read anew, and the rest
 * goes again. Where a row itself is refused, halving finds it, and the others go again without it. Nothing of this costs
 * anything as long as it does not happen. The caller's counters move only after a commit, so that a batch that is rolled
 * back leaves no gap.
 */
final class Appender {

    private static final Logger log = LoggerFactory.getLogger(Appender.class);

    /** Every failed attempt means that another writer got on; so many in a row, and something else must be wrong. */
    private static final int MAX_ATTEMPTS = 30;

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private final Connections connections;
    private final StoreMeters meters;

    Appender(Connections connections, StoreMeters meters) {
        this.connections = connections;
        this.meters = meters;
    }

    /** See {@link MessageStore#append(List, Numbering, long)}. */
    List<SendOutcome> append(List<Draft> drafts, Numbering numbering, long sendTime) {
        Batch batch = new Batch(drafts);
        store(batch, Consequence.NONE, numbering, sendTime);
        List<SendOutcome> outcomes = batch.outcomes();
        meters.count(outcomes);
        return outcomes;
    }

    /**
     * Stores an event and what it brings about: both or neither, and once.
     *
     * @return null where the consequence said that it cannot be
     */
    @Nullable
    SendOutcome append(Draft event, Consequence consequence, Numbering numbering, long sendTime) {
        Batch batch = new Batch(List.of(event));
        store(batch, consequence, numbering, sendTime);
        if (!batch.pending().isEmpty()) {
            return null;
        }
        List<SendOutcome> outcomes = batch.outcomes();
        meters.count(outcomes);
        return outcomes.get(0);
    }

    private void store(Batch batch, Consequence consequence, Numbering numbering, long sendTime) {
        if (batch.pending().isEmpty()) {
            return;
        }
        try {
            connections.use(connection -> {
                store(new MessageStatements(connection), batch, consequence, numbering, sendTime);
                return batch;
            });
        } catch (StoreUnavailableException e) {
            // Behind its back the database may be another one now, such as a replica that has less.
            numbering.forgetAll();
            throw e;
        }
    }

    private void store(
            MessageStatements statements, Batch batch, Consequence consequence, Numbering numbering, long sendTime)
            throws SQLException {
        boolean someRefused = false;
        for (int attempt = 1; ; attempt++) {
            try {
                if (someRefused) {
                    someRefused = false;
                    refuse(statements, batch, consequence, numbering, sendTime);
                }
                insert(statements, batch, consequence, numbering, sendTime);
                return;
            } catch (SQLException e) {
                Failure failure = Failure.of(e);
                if (failure == Failure.UNAVAILABLE || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                meters.retry(failure);
                someRefused = failure == Failure.REFUSED;
                if (failure == Failure.DUPLICATE_KEY) {
                    batch.found(statements.byRequest(batch.pending()));
                    batch.conversations().forEach(numbering::forget);
                }
            }
            pause(attempt);
        }
    }

    private static void insert(
            MessageStatements statements, Batch batch, Consequence consequence, Numbering numbering, long sendTime)
            throws SQLException {
        Map<Conversation, Long> newest = newest(statements, batch, numbering);
        List<Message> messages = batch.number(newest, sendTime);
        if (statements.insert(messages, consequence)) {
            newest.forEach(numbering::set);
            batch.stored(messages);
        }
    }

    private static void refuse(
            MessageStatements statements, Batch batch, Consequence consequence, Numbering numbering, long sendTime)
            throws SQLException {
        List<Message> messages = batch.number(newest(statements, batch, numbering), sendTime);
        List<Message> refused = consequence == Consequence.NONE ? statements.refused(messages) : messages;
        refused.forEach(message -> log.warn(
                "Refused by the database: r_id {} of {} in {}",
                message.requestId(),
                message.senderId(),
                message.conversation().key()));
        batch.refused(refused);
    }

    private static Map<Conversation, Long> newest(MessageStatements statements, Batch batch, Numbering numbering)
            throws SQLException {
        Map<Conversation, Long> newest = new HashMap<>();
        Set<Conversation> unknown = new HashSet<>();
        for (Conversation conversation : batch.conversations()) {
            Long known = numbering.newest(conversation);
            if (known == null) {
                unknown.add(conversation);
            } else {
                newest.put(conversation, known);
            }
        }
        newest.putAll(statements.newestMsgIds(unknown));
        return newest;
    }

    /** Lets writers of the same conversations drift apart. */
    private static void pause(int attempt) {
        long longest = Math.min(
                LONGEST_PAUSE.toNanos(), Duration.ofMillis(attempt - 1L).toNanos());
        if (longest > 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        }
    }
}
