package com.linbox.gateway;

import com.linbox.presence.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connections whose clients have said who they are. Thread-safe. */
final class Connections {

    private final ConcurrentMap<Long, Connection> byId = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    long nextId() {
        return lastId.incrementAndGet();
    }

    void add(Connection connection) {
        byId.put(connection.id(), connection);
    }

    void remove(Connection connection) {
        byId.remove(connection.id());
        if (byId.isEmpty()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Waits until there is none, or the time is up. */
    synchronized void awaitNone(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); !byId.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Nullable
    Connection find(long id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    Collection<Connection> all() {
        return byId.values();
    }

    /** The sessions of all connections, to renew them. */
    List<Session> sessions() {
        List<Session> sessions = new ArrayList<>(byId.size());
        for (Connection connection : byId.values()) {
            Session session = connection.session();
            if (session != null) {
                sessions.add(session);
            }
        }
        return sessions;
    }
}
