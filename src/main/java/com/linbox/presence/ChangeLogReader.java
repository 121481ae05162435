package com.linbox.presence;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in the {@link ChangeLog}, from where it was the last time. It reads the entry at which it was once more: where that
 * one is not there any longer (trimmed, or lost with a Redis that has failed), what came after it may not be either. Not
 * thread-safe.
 */
final class ChangeLogReader {

    private static final int PAGE = 1_000;

    /** The last entry read; null where none was there. */
    private @Nullable String position;

    /**
     * Reads to the log's end; executes the batch.
     *
     * @param changed is told each user whose sessions have changed since the last call, possibly more than once
     * @return whether these are all. Where they are not, as at the first call, everything remembered of anybody is in doubt;
     *     the next call goes on from where the log ends now
     * @throws com.linbox.redis.RedisUnavailableException and goes on from the last user told at the next call
     */
    boolean read(RedisBatch batch, LongConsumer changed) {
        while (position != null) {
            List<StreamMessage<String, byte[]>> page = page(batch, position);
            if (page.isEmpty() || !page.get(0).getId().equals(position)) {
                break;
            }
            for (StreamMessage<String, byte[]> entry : page.subList(1, page.size())) {
                byte[] user = entry.getBody().get(ChangeLog.USER);
                if (user != null) {
                    changed.accept(Long.parseLong(LuaScript.text(user)));
                }
                position = entry.getId();
            }
            if (page.size() <= PAGE) {
                return true;
            }
        }
        goToEnd(batch);
        return false;
    }

    private static List<StreamMessage<String, byte[]>> page(RedisBatch batch, String from) {
        CompletableFuture<List<StreamMessage<String, byte[]>>> page = batch.add(commands -> commands.xrange(
                ChangeLog.KEY,
                Range.from(Range.Boundary.including(from), Range.Boundary.unbounded()),
                Limit.from(PAGE + 1)));
        batch.execute();
        return page.join();
    }

    private void goToEnd(RedisBatch batch) {
        CompletableFuture<List<StreamMessage<String, byte[]>>> last =
                batch.add(commands -> commands.xrevrange(ChangeLog.KEY, Range.unbounded(), Limit.from(1)));
        batch.execute();
        position = last.join().isEmpty() ? null : last.join().get(0).getId();
    }
}
