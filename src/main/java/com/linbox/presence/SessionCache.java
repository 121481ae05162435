package com.linbox.presence;

import com.linbox.redis.RedisBatch;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Remembers users' sessions, those of users who have none too, so that nobody is asked for again until something has changed.
 * Made for telling many users of one message: a user who is offline takes up some twenty bytes, and nothing is allocated for
 * one whose sessions are known. Not thread-safe: each thread has its own, from {@link SessionCaches}.
 *
 * <p>What it gives is as new as the last {@link #refresh}: a user whose sign-in was answered before is found after it. Where
 * Redis has lost changes, as it may when a replica takes over, an old answer is given for a few minutes at most.
 */
public interface SessionCache {

    /**
     * Forgets the users whose sessions have changed since the last time; one round trip where few have. Executes the batch, what
     * was added to it before included.
     *
     * @param changed is told of each user whose sessions have changed, possibly more than once
     * @return whether these were all; everything has been forgotten where they were not
     * @throws com.linbox.redis.RedisUnavailableException then what it gives is as old as before
     */
    boolean refresh(RedisBatch batch, LongConsumer changed);

    /** The same, for whoever asks for sessions afterwards anyway. */
    default void refresh(RedisBatch batch) {
        refresh(batch, user -> {});
    }

    /** Gives at once what is known, as old as the last {@link #refresh}; nothing of users who are not known. */
    void known(long[] userIds, Found found);

    /**
     * Gives each user's sessions on gateways that are not known to be gone at this moment. Those that are known at once; those
     * that are not are asked for in the batch, and given while it executes, on the thread that executes it. Of a user that
     * Redis did not answer nothing is given.
     *
     * @param userIds at least 1 each; who stands in it twice is given twice
     */
    void sessions(RedisBatch batch, long[] userIds, Found found);

    /** Is told of users' sessions. */
    @FunctionalInterface
    interface Found {

        /** @param sessions unmodifiable; empty where the user is offline */
        void sessions(long userId, List<Session> sessions);
    }
}
