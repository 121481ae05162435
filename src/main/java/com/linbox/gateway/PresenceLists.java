package com.linbox.gateway;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which connections want to know of which users whether they are online, and how those were when last seen. A pair of them,
 * of which a gateway may have millions, is an entry in a plain array. Not thread-safe.
 */
final class PresenceLists {

    private final LongObjectMap<long[]> byConnection = new LongObjectHashMap<>();

    /** Clients choose these keys, and may choose them badly. */
    private final Map<Long, Watched> byUser = new HashMap<>();

    boolean isEmpty() {
        return byUser.isEmpty();
    }

    int users() {
        return byUser.size();
    }

    /** All users that somebody wants to know of. */
    long[] all() {
        return byUser.keySet().stream().mapToLong(user -> user).toArray();
    }

    /** Null where nobody wants to know of the user. */
    @Nullable
    Watched find(long userId) {
        return byUser.get(userId);
    }

    /**
     * Puts a connection's list in the place of the one before.
     *
     * @param users without duplicates
     * @param online how each of them is
     * @param left is told of users of whom nobody wants to know any longer
     */
    void replace(long connectionId, long[] users, boolean[] online, LongConsumer left) {
        long[] before = byConnection.remove(connectionId);
        for (int i = 0; i < users.length; i++) {
            Watched watched = byUser.get(users[i]);
            if (watched == null) {
                watched = new Watched(online[i]);
                byUser.put(users[i], watched);
            }
            watched.by.put(connectionId, users);
        }
        if (users.length > 0) {
            byConnection.put(connectionId, users);
        }
        withdraw(connectionId, before, left);
    }

    void forget(long connectionId, LongConsumer left) {
        withdraw(connectionId, byConnection.remove(connectionId), left);
    }

    /** Of users who are on the connection's newer list too, nothing changes. */
    private void withdraw(long connectionId, long @Nullable [] list, LongConsumer left) {
        if (list == null) {
            return;
        }
        for (long user : list) {
            Watched watched = byUser.get(user);
            if (watched != null && watched.by.get(connectionId) == list) {
                watched.by.remove(connectionId);
                if (watched.by.isEmpty()) {
                    byUser.remove(user);
                    left.accept(user);
                }
            }
        }
    }

    /** A user of whom somebody wants to know. */
    static final class Watched {

        /** Those who want to know, each with the list that says so. */
        private final LongObjectMap<long[]> by = new LongObjectHashMap<>(2, 0.75f);

        boolean online;

        private Watched(boolean online) {
            this.online = online;
        }

        long[] connections() {
            long[] connections = new long[by.size()];
            int i = 0;
            for (LongObjectMap.PrimitiveEntry<long[]> entry : by.entries()) {
                connections[i++] = entry.key();
            }
            return connections;
        }
    }
}
