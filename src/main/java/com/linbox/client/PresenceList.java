package com.linbox.client;

import com.linbox.protocol.PresenceChanged;
import com.linbox.protocol.PresenceSubscribeResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.UserPresence;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The users of whom a client wants to know whether they are online. A server keeps the list for as long as the connection; this
 * one is kept over all of them. Confined to the event loop.
 */
final class PresenceList {

    private static final long RETRY_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RETRY_MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Hears what has changed. */
    interface Listener {

        void presence(long userId, boolean online);
    }

    private final EventLoop loop;
    private final Function<Set<Long>, CompletableFuture<ServerPacket>> server;
    private final Listener listener;
    private Set<Long> wanted = Set.of();

    /** Of those wanted, how they were when last heard of. */
    private final Map<Long, Boolean> known = new HashMap<>();

    /** Of what was last asked; retries of anything before are of no interest. */
    private int generation;

    private boolean connected;
    private int failures;

    /** @param server asks it for a list, now or never */
    PresenceList(EventLoop loop, Function<Set<Long>, CompletableFuture<ServerPacket>> server, Listener listener) {
        this.loop = loop;
        this.server = server;
        this.listener = listener;
    }

    /** Wants to know of these users and no others. Completes with how they are. */
    void replace(Set<Long> users, CompletableFuture<Map<Long, Boolean>> told) {
        int mine = ++generation;
        failures = 0;
        server.apply(users).whenComplete((answer, failure) -> {
            if (failure == null) {
                Map<Long, Boolean> states = states(answer);
                wanted = users;
                known.clear();
                known.putAll(states);
                told.complete(states);
                return;
            }
            if (mine == generation && !isRefusal(failure)) {
                // Whether the server has got it or not.
                wanted = users;
                known.keySet().retainAll(users);
                againLater();
            }
            told.completeExceptionally(failure);
        });
    }

    /** The server knows of no list on a new connection. */
    void connected() {
        connected = true;
        failures = 0;
        if (!wanted.isEmpty()) {
            again();
        }
    }

    void disconnected() {
        connected = false;
    }

    /** Tells the listener what turns out to be other than it was told. */
    private void again() {
        int mine = ++generation;
        server.apply(wanted).whenComplete((answer, failure) -> {
            if (mine != generation) {
                return;
            }
            if (failure == null) {
                states(answer).forEach(this::tell);
            } else if (!isRefusal(failure)) {
                againLater();
            }
        });
    }

    private void againLater() {
        int mine = generation;
        long pause = Backoff.nanosAfter(failures++, RETRY_MIN_NANOS, RETRY_MAX_NANOS);
        loop.schedule(
                () -> {
                    if (connected && mine == generation) {
                        again();
                    }
                },
                pause,
                TimeUnit.NANOSECONDS);
    }

    void changed(PresenceChanged change) {
        long userId = Long.parseLong(change.remoteId());
        if (wanted.contains(userId)) {
            tell(userId, change.online());
        }
    }

    private void tell(long userId, boolean online) {
        Boolean before = known.put(userId, online);
        if (before == null || before != online) {
            listener.presence(userId, online);
        }
    }

    private static Map<Long, Boolean> states(ServerPacket answer) {
        Map<Long, Boolean> states = new HashMap<>();
        List<UserPresence> users = ((PresenceSubscribeResponse) answer).users();
        if (users != null) {
            users.forEach(user -> states.put(Long.parseLong(user.userId()), user.online()));
        }
        return states;
    }

    private static boolean isRefusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RefusedException refused && !refused.isTemporary();
    }
}
