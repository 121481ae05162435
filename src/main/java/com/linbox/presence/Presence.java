package com.linbox.presence;

import com.linbox.redis.RedisBatch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The sessions of every user, over all gateways. Thread-safe. No method blocks; a stage fails with
 * {@link com.linbox.redis.RedisUnavailableException}, and then what was asked for may or may not have happened. Whatever changes
 * a user's sessions is in the log of changes before its stage completes: whoever refreshes a {@link SessionCache} from then on
 * sees it.
 */
public interface Presence {

    /** How long a session is believed in without being renewed. */
    Duration LIFETIME = Duration.ofHours(3);

    /** How long a sign-in can be under way: whoever came later has the place until then. */
    Duration LATEST_SIGN_IN = Duration.ofSeconds(30);

    /**
     * Gives a session its place and removes those that lose theirs to it, by {@code linbox.presence.*}, in one step: of two
     * sign-ins at the same time that exclude each other exactly one stays.
     *
     * @param registration by which the session's gateway can be seen
     * @return the sessions that lost their place and are to be told; those of gateways that are gone are left out. The session
     *     itself, alone, where one that signed in later, by the gateways' clocks, has its place already: nothing has changed then
     */
    CompletionStage<List<Session>> signIn(Session session, long registration);

    /** Removes this very session; one that has taken its place stays. */
    CompletionStage<Void> signOut(Session session);

    /**
     * Renews the lifetime of sessions, to be called several times within {@link #LIFETIME}, and whenever their gateway can be seen
     * by another registration. A session that Redis has lost is put back.
     *
     * @param registration by which their gateway can be seen, asked for each of them
     * @param connected asked on a thread of the Redis client whether the connection of a session that was put back is
     *     still there: one that ended meanwhile is removed again. It must say no from before the session's
     *     {@link #signOut} on.
     * @return the sessions that have lost their place to a later one and were not told, because the message was lost on
     *     its way: they are to be closed
     */
    CompletionStage<List<Session>> renew(
            Collection<Session> sessions, LongSupplier registration, Predicate<Session> connected);

    /** The user's sessions on gateways that are not known to be gone; there when the batch has been executed. */
    CompletionStage<List<Session>> sessions(RedisBatch batch, long userId);
}
