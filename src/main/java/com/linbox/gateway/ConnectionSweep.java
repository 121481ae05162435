package com.linbox.gateway;

import com.linbox.protocol.ProtocolVersion;
import java.time.Duration;

/**
 * Ends connections that were welcome once: of clients that fell silent, and of clients of a protocol version that was
 * switched off. One look at all of them each second, in place of a timer for each, so that an idle connection costs nothing
 * and another idle timeout holds for those that are there too.
 */
final class ConnectionSweep implements Runnable {

    /** How late an end may come. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    static final String V1_SWITCHED_OFF = "protocol version 1 is no longer served";

    private final GatewayServices services;

    ConnectionSweep(GatewayServices services) {
        this.services = services;
    }

    @Override
    public void run() {
        GatewaySettings settings = services.settings();
        for (Connection connection : services.connections().all()) {
            if (connection.isSilent(settings.idleTimeout())) {
                onItsLoop(connection, () -> endIfSilent(connection, settings.idleTimeout()));
            } else if (!settings.v1()) {
                onItsLoop(connection, () -> endIfVersion1(connection));
            }
        }
    }

    private static void onItsLoop(Connection connection, Runnable task) {
        connection.channel().eventLoop().execute(task);
    }

    private static void endIfSilent(Connection connection, Duration idleTimeout) {
        // Who is signing in has a deadline of its own; who is not read from cannot be heard.
        boolean heard = connection.channel().config().isAutoRead() && connection.state() == Connection.State.SIGNED_IN;
        if (heard && connection.isSilent(idleTimeout)) {
            connection.close(CloseCause.IDLE);
        }
    }

    private static void endIfVersion1(Connection connection) {
        if (connection.cipher().version() == ProtocolVersion.V1) {
            connection.close(CloseCause.V1_SWITCHED_OFF, V1_SWITCHED_OFF);
        }
    }
}
