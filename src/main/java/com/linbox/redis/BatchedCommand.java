package com.linbox.redis;

import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A command of a batch. Lettuce's threads only note that it was answered; its future is completed by {@link #settle()},
 * which the batch calls on its own thread once all are answered. So a batch wakes its thread once and not for every
 * answer, and what is chained to the futures needs no thought about threads.
 */
final class BatchedCommand<T> extends AsyncCommand<String, byte[], T> {

    private static final Object SUCCESS = new Object();

    /** Null until answered, then {@link #SUCCESS} or why it failed; the first answer counts. */
    private final AtomicReference<@Nullable Object> answer = new AtomicReference<>();

    private @Nullable Round round;

    BatchedCommand(RedisCommand<String, byte[], T> command) {
        super(command);
    }

    /** Must be called before the command is sent. */
    void joins(Round round) {
        this.round = round;
    }

    @Override
    public void complete() {
        answer(SUCCESS);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return answer(failure);
    }

    private boolean answer(Object given) {
        if (!answer.compareAndSet(null, given)) {
            return false;
        }
        if (round != null) {
            round.answered();
        }
        return true;
    }

    boolean isAnswered() {
        return answer.get() != null;
    }

    /**
     * Completes the future.
     *
     * @return why the command failed, null where it did not
     */
    @Nullable
    Throwable settle() {
        if (answer.get() instanceof Throwable failure) {
            super.completeExceptionally(failure);
            return failure;
        }
        super.complete();
        return handle((result, thrown) -> thrown).join();
    }
}
