package com.linbox.presence;

/** Makes caches of sessions, one for each thread that needs one. Thread-safe. */
public interface SessionCaches {

    /** An empty one, for at most {@code linbox.presence.cached-users} users. */
    SessionCache newCache();
}
