package com.linbox.store;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages in the tables of {@link MessageTable}.
 *
 * <p>A batch is numbered from the caller's counters and inserted without asking first. The unique keys are the fence: where
 * one is taken, the batch is rolled back, what is there already is looked up, the counters are read anew, and the rest
 * goes again. Where a row itself is refused, halving finds it, and the others go again without it. Nothing of this costs
 * anything as long as it does not happen. The caller's counters move only after a commit, so that a batch that is rolled
 * back leaves no gap.
 */
final class JdbcMessageStore implements MessageStore {

    private static final Logger log = LoggerFactory.getLogger(JdbcMessageStore.class);

    /** Every failed attempt means that another writer got on; so many in a row, and something else must be wrong. */
    private static final int MAX_ATTEMPTS = 30;

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private final DataSource dataSource;
    private final StoreMeters meters;

    JdbcMessageStore(DataSource dataSource, StoreMeters meters) {
        this.dataSource = dataSource;
        this.meters = meters;
    }

    @Override
    public List<SendOutcome> append(List<Draft> drafts, Numbering numbering, long sendTime) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        Batch batch = new Batch(drafts);
        Timer.Sample time = meters.appending(drafts.size());
        try {
            if (!batch.pending().isEmpty()) {
                withConnection(connection -> {
                    append(new MessageStatements(connection), batch, numbering, sendTime);
                    return batch;
                });
            }
        } catch (StoreUnavailableException e) {
            // Behind its back the database may be another one now, such as a replica that has less.
            numbering.forgetAll();
            throw e;
        } finally {
            meters.appended(time);
        }
        List<SendOutcome> outcomes = batch.outcomes();
        meters.count(outcomes);
        return outcomes;
    }

    private void append(MessageStatements statements, Batch batch, Numbering numbering, long sendTime)
            throws SQLException {
        boolean someRefused = false;
        for (int attempt = 1; ; attempt++) {
            try {
                if (someRefused) {
                    someRefused = false;
                    refuse(statements, batch, numbering, sendTime);
                }
                insert(statements, batch, numbering, sendTime);
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

    private static void insert(MessageStatements statements, Batch batch, Numbering numbering, long sendTime)
            throws SQLException {
        Map<Conversation, Long> newest = newest(statements, batch, numbering);
        List<Message> messages = batch.number(newest, sendTime);
        statements.insert(messages);
        newest.forEach(numbering::set);
        batch.stored(messages);
    }

    private static void refuse(MessageStatements statements, Batch batch, Numbering numbering, long sendTime)
            throws SQLException {
        List<Message> refused = statements.refused(batch.number(newest(statements, batch, numbering), sendTime));
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

    @Override
    public List<Message> pull(Conversation conversation, long afterMsgId, long upToMsgId, int limit) {
        return withConnection(
                connection -> new MessageStatements(connection).pull(conversation, afterMsgId, upToMsgId, limit));
    }

    @Override
    public Map<Conversation, Message> newest(Collection<? extends Conversation> conversations) {
        return withConnection(connection -> new MessageStatements(connection).newest(new HashSet<>(conversations)));
    }

    @Override
    public Map<Conversation, Long> newestMsgIds(Collection<? extends Conversation> conversations) {
        return withConnection(
                connection -> new MessageStatements(connection).newestMsgIds(new HashSet<>(conversations)));
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T withConnection(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            meters.unavailable();
            throw new StoreUnavailableException(
                    "The database cannot be asked (SQLSTATE " + e.getSQLState() + ", error " + e.getErrorCode() + ")",
                    e);
        }
    }
}
