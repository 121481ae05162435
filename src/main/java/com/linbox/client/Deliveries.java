package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.SyncUnreadResponse;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages to the listener: per conversation in order, each once, whatever the connection does. After every sign-in
 * it goes through the user's conversations to learn what there is; the first time that tells where this client came in,
 * later it tells what was missed. Gaps are pulled a page at a time, a few conversations at once. Of a group that it meets
 * later it asks when the user joined.
 *
 * <p>Keeps some hundred bytes per conversation of the user. Confined to the event loop.
 */
final class Deliveries {

    private static final int PAGE = 100;
    private static final int PULLS_AT_ONCE = 4;
    private static final long RETRY_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RETRY_MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final EventLoop loop;
    private final History history;
    private final long userId;
    private final boolean deliverUnread;
    private final Consumer<Message> out;
    private final Map<Conversation, Feed> feeds = new HashMap<>();
    private final ArrayDeque<Feed> waiting = new ArrayDeque<>();
    private int pulls;
    private int failures;
    /** Done once it is known which messages are history. */
    private final CompletableFuture<Void> cameIn = new CompletableFuture<>();

    private @Nullable PositionSync sync;
    /** Changes with every connection: answers that belong to an earlier one are void. */
    private int connections;

    private boolean connected;

    Deliveries(EventLoop loop, History history, long userId, boolean deliverUnread, Consumer<Message> out) {
        this.loop = loop;
        this.history = history;
        this.userId = userId;
        this.deliverUnread = deliverUnread;
        this.out = out;
    }

    void connected() {
        connected = true;
        failures = 0;
        startSync();
    }

    /** Completes {@code future} once every message that is stored from then on will be told of. */
    void afterComingIn(CompletableFuture<Void> future) {
        cameIn.thenAccept(future::complete);
    }

    void disconnected() {
        connected = false;
        connections++;
        pulls = 0;
        waiting.forEach(feed -> feed.pulling = false);
        waiting.clear();
        feeds.values().forEach(feed -> feed.pulling = false);
        if (sync != null) {
            sync.cancel();
        }
    }

    void pushed(Message message) {
        Feed feed = feed(message.conversation());
        feed.pushed(message, out);
        findStart(feed);
        closeGap(feed);
    }

    /** Something is new there, but the server did not say what. */
    void announced(Conversation conversation) {
        int connection = connections;
        history.unread(conversation, 0, 1).thenAccept(response -> {
            if (connection == connections) {
                missedUpTo(conversation, response);
            }
        });
    }

    private void missedUpTo(Conversation conversation, SyncUnreadResponse response) {
        WireMessages.unreads(userId, response).stream()
                .filter(unread -> unread.conversation().equals(conversation))
                .forEach(this::missedUpTo);
    }

    void ownStored(Conversation conversation, long msgId) {
        Feed feed = feed(conversation);
        feed.ownStored(msgId, out);
        findStart(feed);
        closeGap(feed);
    }

    private Feed feed(Conversation conversation) {
        // A user may come into a group when much has been said there; one-to-one conversations begin with the first
        // message.
        return feeds.computeIfAbsent(
                conversation,
                key -> cameIn.isDone() && key instanceof Conversation.Session ? Feed.from(key, 0) : Feed.waiting(key));
    }

    /**
     * Of a group that is not known yet the user was no member when this client came in: all that came after their joining is news,
     * also where another device or a message of their own has moved their read position already.
     */
    private void findStart(Feed feed) {
        if (!cameIn.isDone() || !feed.isWaiting() || feed.pulling) {
            return;
        }
        if (feed.hasFirst()) {
            feed.startAt(0, out);
            return;
        }
        feed.pulling = true;
        int connection = connections;
        history.unread(feed.conversation, 0, 1).whenComplete((response, error) -> {
            if (connection == connections) {
                feed.pulling = false;
                found(feed, response, error);
            }
        });
    }

    private void found(Feed feed, @Nullable SyncUnreadResponse response, @Nullable Throwable error) {
        if (error != null && !isFinal(error)) {
            later(() -> findStart(feed));
            return;
        }
        if (response != null) {
            missedUpTo(feed.conversation, response);
        }
        if (feed.isWaiting()) {
            feed.startAtHeld(out);
        }
        closeGap(feed);
    }

    private void startSync() {
        int connection = connections;
        sync = new PositionSync(history, userId, this::listed, error -> {
            if (error == null) {
                synced();
            } else if (connection == connections) {
                later(this::startSync);
            }
        });
        sync.start();
    }

    private void listed(UnreadConversation listed) {
        Feed feed = feed(listed.conversation());
        if (feed.isWaiting() && !cameIn.isDone()) {
            feed.startAt(deliverUnread ? read(listed) : listed.newestMsgId(), out);
        }
        missedUpTo(listed);
    }

    private static long read(UnreadConversation listed) {
        return Math.max(0, listed.newestMsgId() - listed.count());
    }

    private void missedUpTo(UnreadConversation listed) {
        Feed feed = feed(listed.conversation());
        if (feed.isWaiting() && cameIn.isDone()) {
            feed.startAt(listed.since(), out);
        }
        feed.reaches(listed.newestMsgId());
        closeGap(feed);
    }

    private void synced() {
        sync = null;
        failures = 0;
        cameIn.complete(null);
        for (Feed feed : List.copyOf(feeds.values())) {
            if (feed.isWaiting() && !feed.pulling) {
                feed.startAtHeld(out);
            }
            closeGap(feed);
        }
    }

    private void closeGap(Feed feed) {
        if (connected && !feed.pulling && feed.hasGap()) {
            feed.pulling = true;
            waiting.add(feed);
            pullNext();
        }
    }

    private void pullNext() {
        while (pulls < PULLS_AT_ONCE && !waiting.isEmpty()) {
            Feed feed = waiting.remove();
            if (feed.hasGap()) {
                pulls++;
                pull(feed, feed.gap());
            } else {
                feed.pulling = false;
            }
        }
    }

    private void pull(Feed feed, Feed.Gap gap) {
        int connection = connections;
        var found = gap.isWide()
                ? history.pull(feed.conversation, gap.upTo(), gap.after(), 1)
                : collect(feed.conversation, gap.upTo(), gap.after(), new ArrayList<>());
        found.whenComplete((messages, error) -> {
            if (connection != connections) {
                return;
            }
            if (error != null && !isFinal(error)) {
                later(() -> pull(feed, gap));
                return;
            }
            pulls--;
            feed.pulling = false;
            if (gap.isWide() && error == null && !messages.isEmpty()) {
                feed.found(gap);
            } else {
                feed.pulled(gap, error == null ? messages : List.of(), out);
            }
            closeGap(feed);
            pullNext();
        });
    }

    /** All of a gap, oldest first, also where the server gives fewer at a time than it was asked for. */
    private CompletableFuture<List<Message>> collect(
            Conversation conversation, long upTo, long after, List<Message> newestFirst) {
        return history.pull(conversation, upTo, after, PAGE).thenCompose(messages -> {
            newestFirst.addAll(messages);
            long lowest = messages.stream().mapToLong(Message::msgId).min().orElse(0);
            if (lowest > after + 1 && lowest <= upTo) {
                return collect(conversation, lowest - 1, after, newestFirst);
            }
            Collections.reverse(newestFirst);
            return CompletableFuture.completedFuture(newestFirst);
        });
    }

    /** Whether asking again is of no use: the server has decided that this user does not see these messages. */
    private static boolean isFinal(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof RefusedException refused && refused.status() / 100 == 4 && !refused.isTemporary();
    }

    private void later(Runnable action) {
        int connection = connections;
        loop.schedule(
                () -> {
                    if (connection == connections) {
                        action.run();
                    }
                },
                Backoff.nanosAfter(failures++, RETRY_MIN_NANOS, RETRY_MAX_NANOS),
                TimeUnit.NANOSECONDS);
    }
}
