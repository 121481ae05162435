package com.linbox.group;

import java.util.concurrent.CompletionStage;

/**
 * Gives ids for new groups. Thread-safe. Nothing blocks; a stage fails with {@link com.linbox.redis.RedisUnavailableException}.
 */
public interface GroupIds {

    /** An id that was never given before. */
    CompletionStage<Long> next();

    /** The id for the group that a user makes with this request; the same one for a day, however often it is asked for. */
    CompletionStage<Long> ofRequest(long userId, long requestId);
}
