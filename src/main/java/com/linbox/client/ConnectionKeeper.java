package com.linbox.client;

import com.linbox.protocol.PacketType;
import io.netty.channel.EventLoop;
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

        void down(ConnectionFailedException cause);

        /** There will be no other connection. */
        void ended(LinboxClientException why);
    }

    private final EventLoop loop;
    private final ClientSettings settings;
    private final Events events;
    private final Backoff backoff;
    private State state = State.NEW;
    private boolean opening;
    private @Nullable Connection connection;
    private @Nullable KickedException kicked;

    ConnectionKeeper(EventLoop loop, ClientSettings settings, Events events) {
        this.loop = loop;
        this.settings = settings;
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
        Connection.open(loop, settings, new Incoming()).whenComplete((opened, error) -> {
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
        events.up(opened, first);
    }

    private void lost(ConnectionFailedException cause) {
        connection = null;
        if (kicked != null && !settings.reconnectAfterTakeover()) {
            end(kicked);
            return;
        }
        state = State.LOST;
        events.down(cause);
        reopenLater();
    }

    private void reopenLater() {
        loop.schedule(this::reopen, backoff.nextNanos(), TimeUnit.NANOSECONDS);
    }

    private void reopen() {
        if (state != State.LOST) {
            return;
        }
        Connection.open(loop, settings, new Incoming()).whenComplete((opened, error) -> {
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
        } else {
            reopenLater();
        }
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
