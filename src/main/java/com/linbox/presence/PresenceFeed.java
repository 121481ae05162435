package com.linbox.presence;

import java.util.function.LongConsumer;

/**
 * Whether some users are online, for whoever wants to know it as things change. It remembers those it was asked for until it is
 * told to forget them. For one thread, which it keeps waiting for Redis; whatever fails does so with
 * {@link com.linbox.redis.RedisUnavailableException} and can be tried again.
 */
public interface PresenceFeed extends AutoCloseable {

    /**
     * Finds out whose sessions have changed since the last time.
     *
     * @param changed is told of each of them, whoever it is, possibly more than once
     * @return whether these are all: where they are not, as the first time, anybody may have changed. Those who were told and
     *     those who were not are both to be asked for anew, also where this fails half-way
     */
    boolean refresh(LongConsumer changed);

    /**
     * Tells of each user whether one of its sessions is on a gateway that is not known to be gone at this moment. Asks Redis for
     * none who was asked for before and has not changed since.
     *
     * @param userIds at least 1 each
     */
    void online(long[] userIds, Found found);

    /** The user will not be asked for again soon. */
    void forget(long userId);

    @Override
    void close();

    /** Is told whether a user is online. */
    @FunctionalInterface
    interface Found {

        void online(long userId, boolean online);
    }
}
