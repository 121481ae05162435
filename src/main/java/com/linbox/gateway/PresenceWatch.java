package com.linbox.gateway;

import com.linbox.gateway.PresenceLists.Watched;
import com.linbox.message.ErrorCode;
import com.linbox.outbox.Delivery;
import com.linbox.presence.PresenceFeed;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PresenceChanged;
import com.linbox.protocol.PresenceSubscribeRequest;
import com.linbox.protocol.PresenceSubscribeResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.UserPresence;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells connections when users they want to know of go on- and offline. A thread of its own looks for changes while anybody
 * wants to know of any; all that is known is that thread's alone.
 *
 * <p>What somebody was told last is remembered for each user, so that only real changes are told: who is away for less than
 * {@link #PERIOD} may go unnoticed, but not for good.
 */
final class PresenceWatch {

    /** How late a change may be noticed. */
    static final Duration PERIOD = Duration.ofMillis(250);

    /** The same for those that nobody logs: of a gateway that died. Looked for in memory. */
    static final Duration CHECK = Duration.ofSeconds(1);

    private static final int MOST_WAITING = 10_000;

    private static final Logger log = LoggerFactory.getLogger(PresenceWatch.class);

    private final PresenceFeed feed;
    private final Consumer<List<Delivery>> out;
    private final GatewayMeters meters;
    private final Clock clock;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final PresenceLists lists = new PresenceLists();

    /** Users who may be other than they were. */
    private final Set<Long> doubtful = new HashSet<>();

    private final List<Delivery> pushes = new ArrayList<>();
    private boolean allDoubtful = true;
    private boolean failing;
    private long lookedAt;
    private long checkedAt;
    private volatile int users;
    private @Nullable Thread thread;

    /** @param out takes packets to connections, those for one connection in order */
    PresenceWatch(PresenceFeed feed, Consumer<List<Delivery>> out, GatewayMeters meters, Clock clock) {
        this.feed = feed;
        this.out = out;
        this.meters = meters;
        this.clock = clock;
        meters.bindWatched(this);
    }

    private sealed interface Event {}

    /**
     * A connection's new list.
     *
     * @param users those of the request, checked, each once
     */
    record Subscription(long connectionId, PresenceSubscribeRequest request, long[] users) implements Event {}

    private record Gone(long connectionId) implements Event {}

    /** Puts a connection's list in the place of the one before, and answers. Returns false where too many wait for that. */
    boolean subscribe(Subscription subscription) {
        return events.size() < MOST_WAITING && events.offer(subscription);
    }

    /** The connection has ended. */
    void forget(long connectionId) {
        events.add(new Gone(connectionId));
    }

    /** Of how many users somebody wants to know. */
    int users() {
        return users;
    }

    synchronized void start() {
        Thread started = new Thread(this::run, "linbox-presence-watch");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    synchronized void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(PERIOD.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                attempt(next());
            }
        } catch (InterruptedException e) {
            log.debug("Presence is watched no more");
        }
    }

    /** What has come meanwhile, at once where anything has; nothing where it is time to look. */
    private List<Event> next() throws InterruptedException {
        List<Event> next = new ArrayList<>();
        Event first = lists.isEmpty() ? events.take() : events.poll(untilLook(), TimeUnit.NANOSECONDS);
        if (first != null) {
            next.add(first);
            events.drainTo(next);
        }
        return next;
    }

    private long untilLook() {
        return PERIOD.toNanos() - (System.nanoTime() - lookedAt);
    }

    /** Nothing may end the thread but a stop. */
    private void attempt(List<Event> next) {
        try {
            turn(next);
        } catch (RuntimeException e) {
            allDoubtful = true;
            meters.failed();
            log.error("Presence was not watched for a moment", e);
        }
    }

    private void turn(List<Event> next) {
        boolean subscribing = subscriptions(next).findAny().isPresent();
        Map<Long, Boolean> states = subscribing || untilLook() <= 0 ? look(next) : null;
        for (Event event : next) {
            if (event instanceof Subscription subscription) {
                answer(subscription, states);
            } else if (event instanceof Gone gone) {
                lists.forget(gone.connectionId(), feed::forget);
            }
        }
        users = lists.users();
        push();
    }

    /**
     * Finds out how those are who may have changed, and those on new lists.
     *
     * @return the state of everybody on a new list, null where Redis is away
     */
    private @Nullable Map<Long, Boolean> look(List<Event> next) {
        Map<Long, Boolean> states = new HashMap<>();
        try {
            lookedAt = System.nanoTime();
            allDoubtful |= !feed.refresh(this::doubt);
            feed.online(toAsk(next), (user, online) -> {
                settle(user, online);
                states.put(user, online);
            });
            allDoubtful = false;
            succeeded();
        } catch (RuntimeException e) {
            // Mostly Redis that is away.
            failed(e);
            subscriptions(next)
                    .flatMapToLong(list -> LongStream.of(list.users()))
                    .forEach(this::forgetUnlessWatched);
            return null;
        }
        return states;
    }

    private static Stream<Subscription> subscriptions(List<Event> events) {
        return events.stream().filter(Subscription.class::isInstance).map(Subscription.class::cast);
    }

    private void forgetUnlessWatched(long user) {
        if (lists.find(user) == null) {
            feed.forget(user);
        }
    }

    private void doubt(long user) {
        if (lists.find(user) != null) {
            doubtful.add(user);
        }
    }

    private long[] toAsk(List<Event> next) {
        LongStream known;
        if (allDoubtful || System.nanoTime() - checkedAt >= CHECK.toNanos()) {
            checkedAt = System.nanoTime();
            known = LongStream.of(lists.all());
        } else {
            doubtful.removeIf(user -> lists.find(user) == null);
            known = doubtful.stream().mapToLong(user -> user);
        }
        LongStream wanted = subscriptions(next).flatMapToLong(list -> LongStream.of(list.users()));
        return LongStream.concat(known, wanted).distinct().toArray();
    }

    private void settle(long user, boolean online) {
        doubtful.remove(user);
        Watched watched = lists.find(user);
        if (watched == null || watched.online == online) {
            return;
        }
        watched.online = online;
        PresenceChanged change = new PresenceChanged(null, Long.toString(user), online, clock.millis());
        pushes.add(new Delivery.Multicast(watched.connections(), change.packetType(), PacketJson.write(change)));
    }

    private void answer(Subscription subscription, @Nullable Map<Long, Boolean> states) {
        PresenceSubscribeRequest request = subscription.request();
        if (states == null) {
            meters.rejected(ErrorCode.UNAVAILABLE);
            send(subscription.connectionId(), request.failure(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.text()));
            return;
        }
        long[] listed = subscription.users();
        boolean[] online = new boolean[listed.length];
        List<UserPresence> told = new ArrayList<>(listed.length);
        for (int i = 0; i < listed.length; i++) {
            online[i] = states.getOrDefault(listed[i], false);
            told.add(new UserPresence(Long.toString(listed[i]), online[i]));
        }
        lists.replace(subscription.connectionId(), listed, online, feed::forget);
        send(
                subscription.connectionId(),
                new PresenceSubscribeResponse(request.rId(), request.userId(), told, ServerPacket.OK, null));
    }

    private void send(long connectionId, ServerPacket packet) {
        pushes.add(new Delivery.Push(connectionId, packet.packetType(), PacketJson.write(packet)));
    }

    private void push() {
        if (!pushes.isEmpty()) {
            out.accept(List.copyOf(pushes));
            pushes.clear();
        }
    }

    private void succeeded() {
        if (failing) {
            log.info("Presence is watched again");
        }
        failing = false;
    }

    private void failed(RuntimeException cause) {
        if (!failing && !Thread.currentThread().isInterrupted()) {
            meters.failed();
            log.warn("Presence cannot be watched, trying on: {}", cause.getMessage());
        }
        failing = true;
    }
}
