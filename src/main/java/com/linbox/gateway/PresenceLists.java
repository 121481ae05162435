package com.linbox.gateway;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which connections want to know of which users whether they are online, and how those were when last seen. A pair of them,
 * of which a gateway may have millions, is an entry in a plain array. Not thread-safe.
 */
final class PresenceLists {

    private final LongObjectMap<Subscriber> byConnection = new LongObjectHashMap<>();

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
    void replace(Subscriber subscriber, long[] users, boolean[] online, LongConsumer left) {
        Subscriber before = byConnection.get(subscriber.connectionId);
        subscriber.users = users;
        if (users.length > 0) {
            byConnection.put(subscriber.connectionId, subscriber);
        } else {
            byConnection.remove(subscriber.connectionId);
        }
        for (int i = 0; i < users.length; i++) {
            Watched watched = byUser.get(users[i]);
            if (watched == null) {
                watched = new Watched(online[i]);
                byUser.put(users[i], watched);
            }
            watched.by.put(subscriber.connectionId, subscriber);
        }
        if (before != null) {
            withdraw(before, left);
        }
    }

    void forget(long connectionId, LongConsumer left) {
        Subscriber before = byConnection.remove(connectionId);
        if (before != null) {
            withdraw(before, left);
        }
    }

    /** Only where a newer list has not put itself into the place. */
    private void withdraw(Subscriber subscriber, LongConsumer left) {
        for (long user : subscriber.users) {
            Watched watched = byUser.get(user);
            if (watched != null && watched.by.get(subscriber.connectionId) == subscriber) {
                watched.by.remove(subscriber.connectionId);
                if (watched.by.isEmpty()) {
                    byUser.remove(user);
                    left.accept(user);
                }
            }
        }
    }

    /** A connection with a list. */
    static final class Subscriber {

        final long connectionId;
        final long userId;
        private long[] users = {};

        Subscriber(long connectionId, long userId) {
            this.connectionId = connectionId;
            this.userId = userId;
        }
    }

    /** A user of whom somebody wants to know. */
    static final class Watched {

        private final LongObjectMap<Subscriber> by = new LongObjectHashMap<>(2, 0.75f);
        boolean online;

        private Watched(boolean online) {
            this.online = online;
        }

        Collection<Subscriber> subscribers() {
            return by.values();
        }
    }
}
