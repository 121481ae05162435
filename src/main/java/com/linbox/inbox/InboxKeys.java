package com.linbox.inbox;

/** The keys of one user's inbox, see the package's table. */
record InboxKeys(String last, String read, String recent, String muted) {

    static InboxKeys of(long userId) {
        // The braces make the user id the hash tag: all its keys live in one slot of a cluster.
        String prefix = "linbox:inbox:{" + userId + "}:";
        return new InboxKeys(prefix + "last", prefix + "read", prefix + "recent", prefix + "muted");
    }
}
