package com.linbox.gateway;

import com.linbox.journal.RequestLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stops reading from connections whose requests the log cannot take as fast as they come, and goes on when it has caught
 * up: TCP then slows the client down, and the gateway keeps nothing for it. Thread-safe.
 */
final class Backpressure {

    private final RequestLog log;
    private final Set<Connection> held = ConcurrentHashMap.newKeySet();

    Backpressure(RequestLog log) {
        this.log = log;
        log.onRelief(this::releaseAll);
    }

    /** To be called on the connection's event loop, after it has fed the log. */
    void check(Connection connection) {
        if (log.isCongested() && held.add(connection)) {
            connection.channel().config().setAutoRead(false);
            if (!log.isCongested()) {
                // It may have caught up before it could know of this one.
                release(connection);
            }
        }
    }

    /** The connection is gone. */
    void forget(Connection connection) {
        held.remove(connection);
    }

    /** How many connections are not read from. */
    int held() {
        return held.size();
    }

    private void releaseAll() {
        held.forEach(connection -> connection.channel().eventLoop().execute(() -> release(connection)));
    }

    private void release(Connection connection) {
        if (held.remove(connection)) {
            // It had no chance to be heard meanwhile.
            connection.heard();
            connection.channel().config().setAutoRead(true);
        }
    }
}
