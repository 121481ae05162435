package com.linbox.gateway;

import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins, renews and ends the sessions of this gateway's connections, wherever that is to be known. Thread-safe. */
final class SessionKeeper {

    static final String TAKEN_OVER = "signed in elsewhere";

    private static final Logger log = LoggerFactory.getLogger(SessionKeeper.class);

    private final Presence presence;
    private final OutboxWriter outbox;
    private final GatewayMeters meters;
    private final Connections connections;
    private final LongSupplier registration;
    private int underway;

    /** @param registration by which others can see this gateway, see {@link com.linbox.cluster.GatewayRegistry#registration()} */
    SessionKeeper(
            Presence presence,
            OutboxWriter outbox,
            GatewayMeters meters,
            Connections connections,
            LongSupplier registration) {
        this.presence = presence;
        this.outbox = outbox;
        this.meters = meters;
        this.connections = connections;
        this.registration = registration;
    }

    /** As {@link Presence#signIn}. */
    CompletionStage<List<Session>> signIn(Session session) {
        long seenBy = registration.getAsLong();
        return presence.signIn(session, seenBy).thenApply(lost -> {
            // Others may have taken the gateway for gone meanwhile, and it may have come back before it knew of this
            // one.
            if (registration.getAsLong() != seenBy && lost.stream().noneMatch(session::isOfConnectionOf)) {
                renew(List.of(session));
            }
            return lost;
        });
    }

    /** Tells the gateways of these sessions, this one like any other, to end them. */
    void takenOver(List<Session> lost) {
        for (Session session : lost) {
            outbox.write(
                            session.gatewayId(),
                            List.of(new Delivery.Disconnect(
                                    session.connectionId(), Delivery.Disconnect.Cause.TAKEN_OVER, TAKEN_OVER)))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            meters.failed();
                            log.warn(
                                    "The earlier session of user {} could not be ended: {}",
                                    session.userId(),
                                    failure.toString());
                        }
                    });
        }
    }

    /**
     * Renews the sessions of all connections, and ends those that were taken over without this gateway having been told.
     */
    void renewAll() {
        renew(connections.sessions());
    }

    private void renew(Collection<Session> sessions) {
        presence.renew(sessions, registration, session -> connections.find(session.connectionId()) != null)
                .whenComplete((lost, failure) -> {
                    if (failure != null) {
                        meters.failed();
                        log.warn("The sessions of this gateway could not be renewed: {}", failure.toString());
                        return;
                    }
                    for (Session session : lost) {
                        Connection connection = connections.find(session.connectionId());
                        if (connection != null) {
                            connection
                                    .channel()
                                    .eventLoop()
                                    .execute(() -> connection.close(CloseCause.TAKEN_OVER, TAKEN_OVER));
                        }
                    }
                });
    }

    /** The session's connection is gone. Where Redis does not learn of it, the session's lifetime ends it. */
    void signOut(Session session) {
        synchronized (this) {
            underway++;
        }
        presence.signOut(session).whenComplete((done, failure) -> {
            signedOut();
            if (failure != null) {
                meters.failed();
                log.debug("The session of user {} could not be removed", session.userId(), failure);
            }
        });
    }

    private synchronized void signedOut() {
        underway--;
        if (underway == 0) {
            notifyAll();
        }
    }

    /** Waits until Redis has learned of every end so far, or the time is up. */
    synchronized void awaitSignOuts(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); underway > 0 && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
