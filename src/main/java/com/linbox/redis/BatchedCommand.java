package com.linbox.redis;

import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A command of a batch. Lettuce's threads only note that it was answered; its future is completed by {@link #settle()},
 * which the batch calls on its own thread once all are answered. So a batch wakes its thread once and not for every
 * answer, and what is chained to the futures needs no thought about threads.
 */
final class BatchedCommand<T> extends AsyncCommand<String, byte[], T> {

    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile @Nullable Throwable failure;
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
        answer(null);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return answer(failure);
    }

    private boolean answer(@Nullable Throwable failure) {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        this.failure = failure;
        if (round != null) {
            round.answered();
        }
        return true;
    }

    boolean isAnswered() {
        return answered.get();
    }

    /**
     * Completes the future.
     *
     * @return why the command failed, null where it did not
     */
    @Nullable
    Throwable settle() {
        if (failure != null) {
            super.completeExceptionally(failure);
            return failure;
        }
        super.complete();
        return isCompletedExceptionally() ? exceptionNow(this) : null;
    }

    private static Throwable exceptionNow(BatchedCommand<?> command) {
        return command.handle((result, thrown) -> thrown).join();
    }
}
