package com.linbox.client;

import com.linbox.protocol.PacketType;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client signed in: opens the connection, and after it is lost opens the next, until the server signs the client
 * out, refuses it, or it is closed. Confined to the event loop.
 */
final class ConnectionKeeper {

    private enum State {
        /** Never signed in yet. */
        NEW,
        SIGNED_IN,
        /** Between two connections. */
        LOST,
        /** For good. */
        ENDED
    }

    /** Hears of connections that come and go. */
    interface Events {

        void up(Connection connection, boolean first);

        void received(PacketType type, byte[] json);

        /** The connection is gone; the next one comes when it comes. */
        void down(ConnectionFailedException cause);

        /**
         * The connection is to be left.
         *
         * @param ready to be called when nothing is awaited from it any longer
         */
        void leaving(Runnable ready);

        /** The connection was left; the next one is on its way, or {@link #down} follows. */
        void left();

        /** There will be no other connection. */
        void ended(LinboxClientException why);
    }

    /** How long answers are waited for over a connection that is to be left. */
    private static final long LONGEST_FAREWELL_MILLIS = 1_000;

    private final EventLoop loop;
    private final ClientSettings settings;
    private final List<ServerAddress> places;
    private final Events events;
    private final Backoff backoff;
    private final SignIns signIns = new SignIns();
    private State state = State.NEW;
    private boolean opening;
    private @Nullable Connection connection;
    private @Nullable KickedException kicked;
    private int place;

    /** The server wants to be left: the end of the connection, by whomever, is no failure. */
    private boolean toLeave;

    /** Left, and nothing has failed since. */
    private boolean moving;

    ConnectionKeeper(EventLoop loop, ClientSettings settings, Events events) {
        this.loop = loop;
        this.settings = settings;
        this.places = settings.addresses();
        this.events = events;
        this.backoff = new Backoff(settings.reconnectMin(), settings.reconnectMax());
    }

    /** The first sign-in; one that fails is not repeated, but may be asked for again. */
    void open(CompletableFuture<Void> signedIn) {
        if (state != State.NEW || opening) {
            signedIn.completeExceptionally(new IllegalStateException("connect() was called before"));
            return;
        }
        opening = true;
        openFirst(signedIn, places.size());
    }

    private void openFirst(CompletableFuture<Void> signedIn, int placesLeft) {
        Connection.open(loop, settings, places.get(place), signIns.next(), new Incoming())
                .whenComplete((opened, error) -> {
                    if (error instanceof ConnectionFailedException && placesLeft > 1 && state == State.NEW) {
                        nextPlace();
                        openFirst(signedIn, placesLeft - 1);
                        return;
                    }
                    opening = false;
                    if (error != null) {
                        signedIn.completeExceptionally(error);
                    } else if (state == State.ENDED) {
                        opened.close();
                        signedIn.completeExceptionally(new ClientClosedException());
                    } else {
                        established(opened, true);
                        signedIn.complete(null);
                    }
                });
    }

    /** The server said OfflineInfo. */
    void kickedOut(String reason) {
        kicked = new KickedException(reason);
        closeConnection();
    }

    private void nextPlace() {
        place = (place + 1) % places.size();
    }

    /** The server said Reconnect: its connection is left after the delay, without hurry, for another one. */
    void moveAfter(long delayMillis) {
        Connection old = connection;
        if (old == null || toLeave) {
            return;
        }
        toLeave = true;
        loop.schedule(
                () -> {
                    if (connection == old) {
                        events.leaving(old::close);
                        loop.schedule(old::close, LONGEST_FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
                    }
                },
                Math.max(0, delayMillis),
                TimeUnit.MILLISECONDS);
    }

    void closeConnection() {
        if (connection != null) {
            connection.close();
        }
    }

    void end(LinboxClientException why) {
        if (state != State.ENDED) {
            state = State.ENDED;
            closeConnection();
            connection = null;
            events.ended(why);
        }
    }

    private void established(Connection opened, boolean first) {
        state = State.SIGNED_IN;
        connection = opened;
        kicked = null;
        toLeave = false;
        moving = false;
        events.up(opened, first);
    }

    private void lost(ConnectionFailedException cause) {
        connection = null;
        if (kicked != null && !settings.reconnectAfterTakeover()) {
            end(kicked);
            return;
        }
        state = State.LOST;
        nextPlace();
        if (toLeave) {
            moving = true;
            events.left();
        } else {
            events.down(cause);
        }
        reopenLater();
    }

    private void reopenLater() {
        loop.schedule(this::reopen, backoff.nextNanos(), TimeUnit.NANOSECONDS);
    }

    private void reopen() {
        if (state != State.LOST) {
            return;
        }
        Connection.open(loop, settings, places.get(place), signIns.next(), new Incoming())
                .whenComplete((opened, error) -> {
                    if (state != State.LOST) {
                        if (opened != null) {
                            opened.close();
                        }
                    } else if (opened != null) {
                        established(opened, false);
                    } else {
                        notReopened(error);
                    }
                });
    }

    private void notReopened(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof RefusedException refused && refused.status() / 100 == 4 && !refused.isTemporary()) {
            end(refused);
            return;
        }
        if (moving) {
            moving = false;
            events.down(new ConnectionFailedException("cannot sign in anew: " + cause.getMessage(), cause));
        }
        nextPlace();
        reopenLater();
    }

    private final class Incoming implements ConnectionListener {

        private boolean proven;

        @Override
        public void received(PacketType type, byte[] json) {
            if (!proven) {
                // Only now: a server that accepts sign-ins and drops them at once is not to be hammered.
                proven = true;
                backoff.reset();
            }
            if (state == State.SIGNED_IN) {
                events.received(type, json);
            }
        }

        @Override
        public void closed(ConnectionFailedException cause) {
            if (state == State.SIGNED_IN) {
                lost(cause);
            }
        }
    }
}
