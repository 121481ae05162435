package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.ServerPacket;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for their answers, oldest first. Those that the server stores once, such as sends, outlive connections:
 * they are sent again, with the same id, after a reconnect, after a timeout and, with growing pauses, after "try again".
 * Everything else fails instead, but where the client leaves a connection of its own accord.
 *
 * <p>Confined to the event loop, but for {@link #reserve()}.
 */
final class PendingRequests {

    private static final long RETRY_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RETRY_MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Told of every message that this client's requests have become, before their futures complete. */
    interface StoredListener {

        void stored(Conversation conversation, long msgId);
    }

    private final EventLoop loop;
    private final StoredListener storedListener;
    private final int max;
    private final long timeoutNanos;
    private final long tickNanos;
    private final AtomicInteger reserved = new AtomicInteger();
    private final Map<Long, PendingRequest> byId = new LinkedHashMap<>();
    private @Nullable Connection connection;
    private boolean ticking;

    /** Between two connections, of which the first was left on purpose: everything waits for the next. */
    private boolean held;

    /** While held: called when nothing is under way any longer. */
    private @Nullable Runnable whenQuiet;

    /** One request; {@code conversation} is where it is stored, null where it is not, or in a group that it makes. */
    static final class PendingRequest {
        final long id;
        final PacketType type;
        final byte[] json;
        final @Nullable Conversation conversation;
        final long deadline;
        final boolean counted;
        final CompletableFuture<ServerPacket> answer = new CompletableFuture<>();
        /** When to act next if nothing comes: the answer is overdue, or the pause is over. */
        long due;

        /** Whether an answer may come over the connection there is. */
        boolean underway;

        int refusals;

        PendingRequest(
                long id,
                PacketType type,
                byte[] json,
                @Nullable Conversation conversation,
                long deadline,
                boolean counted) {
            this.id = id;
            this.type = type;
            this.json = json;
            this.conversation = conversation;
            this.deadline = deadline;
            this.counted = counted;
        }

        /** Whether it becomes a message, and no other one however often it is sent. */
        boolean isStored() {
            return type == PacketType.SEND_MSG_REQUEST
                    || type == PacketType.GROUP_CHANGE_REQUEST
                    || type == PacketType.CHANGE_MSG_REQUEST;
        }
    }

    PendingRequests(EventLoop loop, int max, long timeoutNanos, StoredListener storedListener) {
        this.storedListener = storedListener;
        this.loop = loop;
        this.max = max;
        this.timeoutNanos = timeoutNanos;
        this.tickNanos = Math.max(TimeUnit.MILLISECONDS.toNanos(10), Math.min(timeoutNanos / 4, RETRY_MIN_NANOS));
    }

    /** Takes one of the places for requests; false where all are taken. To be called from any thread. */
    boolean reserve() {
        if (reserved.incrementAndGet() <= max) {
            return true;
        }
        reserved.decrementAndGet();
        return false;
    }

    void submit(PendingRequest request) {
        if (!request.isStored() && connection == null && !held) {
            fail(request, new ConnectionFailedException("not connected", null));
            return;
        }
        if (byId.putIfAbsent(request.id, request) != null) {
            fail(request, new IllegalArgumentException("r_id: " + request.id + " (expected: not in use)"));
            return;
        }
        if (connection != null) {
            transmit(connection, request);
        }
        tickLater();
    }

    /**
     * Sends nothing more over the connection, which is about to be left; what comes now waits for the next one.
     *
     * @param quiet called once, when everything that was sent is answered, if that happens before the next connection
     */
    void hold(Runnable quiet) {
        connection = null;
        held = true;
        whenQuiet = quiet;
        quietAtLast();
    }

    private void quietAtLast() {
        Runnable quiet = whenQuiet;
        if (quiet != null && byId.values().stream().noneMatch(request -> request.underway)) {
            whenQuiet = null;
            quiet.run();
        }
    }

    /** The connection was left on purpose: what has no answer yet is asked again over the next one. */
    void left() {
        connection = null;
        held = true;
        whenQuiet = null;
        byId.values().forEach(request -> request.underway = false);
    }

    void connected(Connection established) {
        held = false;
        whenQuiet = null;
        connection = established;
        byId.values().forEach(request -> transmit(established, request));
    }

    void disconnected(LinboxClientException cause) {
        held = false;
        whenQuiet = null;
        connection = null;
        byId.values().forEach(request -> request.underway = false);
        failWhere(request -> !request.isStored(), cause);
    }

    void failAll(LinboxClientException cause) {
        connection = null;
        failWhere(request -> true, cause);
    }

    void answered(ServerPacket packet) {
        Answer answer = Answer.of(packet);
        PendingRequest request = answer == null ? null : byId.get(answer.requestId());
        if (answer == null
                || request == null
                || request.type.code() + 1 != packet.packetType().code()) {
            return;
        }
        if (answer.status() == ServerPacket.OK) {
            remove(request);
            StoredAnswers.tell(storedListener, packet, request.conversation);
            request.answer.complete(packet);
            return;
        }
        RefusedException refused = new RefusedException(answer.status(), answer.text());
        if (request.isStored() && refused.isTemporary()) {
            request.due = System.nanoTime() + Backoff.nanosAfter(request.refusals++, RETRY_MIN_NANOS, RETRY_MAX_NANOS);
            request.underway = false;
            quietAtLast();
        } else {
            fail(request, refused);
        }
    }

    /**
     * Takes a stored message for the answer to the request it came from, where that one still waits: the answer itself was
     * lost with its connection.
     *
     * @return whether a request waited for it
     */
    boolean settle(Message stored) {
        PendingRequest request = byId.get(stored.requestId());
        ServerPacket answer = request == null ? null : StoredAnswers.madeOf(stored, request.type, request.conversation);
        if (request == null || answer == null) {
            return false;
        }
        remove(request);
        request.answer.complete(answer);
        return true;
    }

    private void transmit(Connection over, PendingRequest request) {
        request.due = System.nanoTime() + timeoutNanos;
        request.underway = true;
        over.write(request.type, request.json);
        over.flush();
    }

    private void tickLater() {
        if (!ticking) {
            ticking = true;
            loop.schedule(this::tick, tickNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void tick() {
        ticking = false;
        long now = System.nanoTime();
        List<PendingRequest> late = new ArrayList<>();
        for (PendingRequest request : byId.values()) {
            if (now - request.deadline >= 0 || connection != null && now - request.due >= 0) {
                late.add(request);
            }
        }
        for (PendingRequest request : late) {
            if (!byId.containsKey(request.id)) {
                continue;
            }
            if (now - request.deadline >= 0) {
                fail(request, new NoAnswerException(request.type + ": no answer in time"));
            } else if (connection != null) {
                transmit(connection, request);
            }
        }
        if (!byId.isEmpty()) {
            tickLater();
        }
    }

    private void failWhere(Predicate<PendingRequest> which, LinboxClientException cause) {
        for (PendingRequest request : List.copyOf(byId.values())) {
            if (which.test(request)) {
                fail(request, cause);
            }
        }
    }

    private void fail(PendingRequest request, RuntimeException cause) {
        remove(request);
        request.answer.completeExceptionally(cause);
    }

    private void remove(PendingRequest request) {
        byId.remove(request.id, request);
        request.underway = false;
        if (request.counted) {
            reserved.decrementAndGet();
        }
        quietAtLast();
    }
}
