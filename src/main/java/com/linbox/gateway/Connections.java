package com.linbox.gateway;

import com.linbox.presence.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
