package com.linbox.presence;

import com.linbox.redis.RedisBatch;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The sessions of every user, over all gateways. */
public interface Presence {

    /**
     * Makes this the user's session and takes the place of the earlier ones in one step, so that of two sign-ins at the
     * same time exactly one stays. Does not block.
     *
     * @return the sessions that lost their place and are to be told
     */
    CompletionStage<List<Session>> signIn(Session session);

    /** Removes this very session; one that has taken its place stays. Does not block. */
    CompletionStage<Void> signOut(Session session);

    /** Renews the lifetime of sessions whose connections are still there. Does not block. */
    CompletionStage<Void> renew(Collection<Session> sessions);

    /** The user's sessions on gateways that are not known to be gone; there when the batch has been executed. */
    CompletionStage<List<Session>> sessions(RedisBatch batch, long userId);
}
