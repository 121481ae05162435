package com.linbox.router;

import com.linbox.journal.BatchHandler;
import com.linbox.journal.DeadLetters;
import com.linbox.journal.JournalRecord;
import com.linbox.journal.JournalUnavailableException;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisUnavailableException;
import com.linbox.store.StoreUnavailableException;
import com.linbox.tracing.Trail;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Keeps a record that can never be handled from holding up all others. Where an engine is away, a batch waits and comes
 * again. Any other failure is looked for record by record: the one that fails by itself is put aside and its sender is
 * told. Handling a record twice changes nothing, which is what makes this possible.
 */
final class PoisonGuard implements BatchHandler {

    private final BatchHandler handler;
    private final DeadLetters deadLetters;
    private final RouterServices services;
    private final RedisBatch redis;
    private final boolean answers;
    private final BooleanSupplier stopping;

    /**
     * @param answers whether records are requests that wait for an answer
     * @param stopping whether the process is about to end, so that failures say nothing about records
     */
    PoisonGuard(
            BatchHandler handler,
            DeadLetters deadLetters,
            RouterServices services,
            boolean answers,
            BooleanSupplier stopping) {
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.services = services;
        this.redis = services.redis().newBatch();
        this.answers = answers;
        this.stopping = stopping;
    }

    @Override
    public void handle(List<JournalRecord> batch) {
        try {
            handler.handle(batch);
        } catch (StoreUnavailableException | RedisUnavailableException | JournalUnavailableException away) {
            throw away;
        } catch (RuntimeException | StackOverflowError failure) {
            if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            if (batch.size() > 1) {
                batch.forEach(record -> handle(List.of(record)));
            } else {
                putAside(batch.get(0), failure);
            }
        }
    }

    private void putAside(JournalRecord poison, Throwable failure) {
        trail(poison).around(() -> {
            deadLetters.bury(poison, failure);
            if (answers) {
                tellSender(poison);
            }
        });
    }

    private Trail trail(JournalRecord record) {
        return answers
                ? Requests.trail(record)
                : Trail.of(record.origin().userId(), null, record.origin().trace());
    }

    private void tellSender(JournalRecord poison) {
        Answers answers = new Answers(services.meters());
        answers.reject(poison, new RequestRejectedException(ErrorCode.FAILED, ErrorCode.FAILED.text()));
        answers.send(services.outbox(), redis, services.clock());
    }

    @Override
    public void onReassigned() {
        handler.onReassigned();
    }

    @Override
    public void close() {
        handler.close();
        redis.close();
    }
}
