package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.PullOldMsgResponse;
import com.linbox.protocol.ReadersResponse;
import com.linbox.protocol.SyncSystemUnreadResponse;
import com.linbox.protocol.SyncUnreadResponse;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A user's client.
 *
 * <pre>{@code
 * var settings = ClientSettings.of("127.0.0.1", 9502, 1001).token("...").build();
 * try (var client = LinboxClient.create(settings, listener)) {
 *     client.connect().join();
 *     SentMessage sent = client.send(1002, "text/plain", "hello").join();
 * }
 * }</pre>
 *
 * <p>A send is tried, with one and the same r_id, until the server has answered it, its deadline has passed or the client
 * is closed: over timeouts, reconnects and "try again". The server stores it once. So it is with recalls, edits and changes of
 * groups, each of which becomes a message of its conversation. They keep their order, but for one the
 * server put off ("too fast", "not available") or whose answer is overdue: it comes after those that went through
 * meanwhile. Whoever minds waits for the future before the next. Everything else is tried once.
 *
 * <p>What only version 2 of the protocol has (recalls, edits, groups to be made and changed, readers, presence, typing, muting)
 * fails at once on a client of version 1, with {@link IllegalArgumentException}.
 *
 * <p>Every method may be called from any thread. The listener is called, and futures complete, on the client's event loop,
 * which must not be blocked: there, use {@code thenAccept}, not {@code join}. Futures fail with
 * {@link LinboxClientException}, or with {@link IllegalArgumentException} where a call makes no sense.
 */
public final class LinboxClient implements AutoCloseable {

    private static final int UNREAD_PAGE = 100;
    private static final int READERS_PAGE = 200;

    private final long userId;
    private final ClientSession session;
    private final Groups groups;

    private LinboxClient(ClientSettings settings, ClientListener listener, EventLoopGroup loops, Runnable afterEnd) {
        this.userId = settings.userId();
        this.session = new ClientSession(settings, listener, loops.next(), afterEnd);
        this.groups = new Groups(session, userId);
    }

    /** A client with a thread of its own. */
    public static LinboxClient create(ClientSettings settings, ClientListener listener) {
        EventLoopGroup loops = ClientEventLoops.create(1);
        return new LinboxClient(settings, listener, loops, () -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }

    /** A client that shares threads with others; whoever made {@code loops} shuts them down, after the clients. */
    public static LinboxClient create(ClientSettings settings, ClientListener listener, EventLoopGroup loops) {
        return new LinboxClient(settings, listener, loops, () -> {});
    }

    /**
     * Connects and signs in, once. Where that fails it may be called again; once it has succeeded, lost connections are
     * restored without being asked. It completes when the client also knows what was there before, so that the listener
     * hears of every message from then on, or after the request timeout where the server does not say.
     */
    public CompletableFuture<Void> connect() {
        CompletableFuture<Void> signedIn = new CompletableFuture<>();
        session.open(signedIn);
        return signedIn;
    }

    public boolean isConnected() {
        return session.isConnected();
    }

    /** The one-to-one conversation with this user. */
    public Conversation conversationWith(long partnerId) {
        return new Conversation.Session(userId, partnerId);
    }

    /** Sends to a user. */
    public CompletableFuture<SentMessage> send(long to, String mimeType, String content) {
        return send(conversationWith(to), mimeType, content);
    }

    public CompletableFuture<SentMessage> send(Conversation conversation, String mimeType, String content) {
        return send(conversation, session.nextId(), mimeType, content);
    }

    /**
     * Sends with an r_id of the caller's, who keeps it over restarts so as to be able to send again: the same user, r_id
     * and conversation are stored once.
     */
    public CompletableFuture<SentMessage> send(
            Conversation conversation, long requestId, String mimeType, String content) {
        return session.send(
                        session.requests().send(conversation, requestId, mimeType, content), requestId, conversation)
                .thenApply(answer -> StoredAnswers.sent(answer, requestId));
    }

    /**
     * Takes back a message of the user's own, which the server allows for some minutes: later it refuses with 403, as it does
     * with others' messages.
     *
     * @return the place and time of the change, which is a message of the conversation itself
     */
    public CompletableFuture<SentMessage> recall(Conversation conversation, long msgId) {
        return changeMessage(conversation, msgId, null);
    }

    /** Gives a message of the user's own another content; otherwise as {@link #recall}. */
    public CompletableFuture<SentMessage> edit(Conversation conversation, long msgId, String content) {
        return changeMessage(conversation, msgId, content);
    }

    private CompletableFuture<SentMessage> changeMessage(
            Conversation conversation, long msgId, @Nullable String content) {
        long id = session.nextId();
        return session.send(session.requests().changeMessage(id, conversation, msgId, content), id, conversation)
                .thenApply(answer -> StoredAnswers.sent(answer, id));
    }

    /** Making groups and changing them. */
    public Groups groups() {
        return groups;
    }

    /** All conversations, newest first, page by page from the server, with what is unread in them. */
    public CompletableFuture<List<UnreadConversation>> unread() {
        return unreadFrom(0, new ArrayList<>());
    }

    private CompletableFuture<List<UnreadConversation>> unreadFrom(int offset, List<UnreadConversation> found) {
        return unreadPage(null, offset, UNREAD_PAGE).thenCompose(page -> {
            found.addAll(WireMessages.unreads(userId, page));
            int next = Objects.requireNonNullElse(page.offset(), 0);
            return next > offset ? unreadFrom(next, found) : CompletableFuture.completedFuture(found);
        });
    }

    /** One conversation; an empty one where nothing was ever said. Refused with 403 in a group one is no member of. */
    public CompletableFuture<UnreadConversation> unread(Conversation conversation) {
        return unreadPage(conversation, 0, 1).thenApply(page -> WireMessages.unreads(userId, page).stream()
                .filter(found -> found.conversation().equals(conversation))
                .findFirst()
                .orElseGet(() -> new UnreadConversation(conversation, 0, 0, 0, null)));
    }

    private CompletableFuture<SyncUnreadResponse> unreadPage(
            @Nullable Conversation conversation, int offset, int limit) {
        long id = session.nextId();
        return session.query(session.requests().unread(id, conversation, offset, limit), id)
                .thenApply(SyncUnreadResponse.class::cast);
    }

    /** Marks a conversation as read up to a message; never moves back. */
    public CompletableFuture<Void> read(Conversation conversation, long msgId) {
        long id = session.nextId();
        return session.query(session.requests().read(id, conversation, msgId), id)
                .thenAccept(answer -> {});
    }

    /** The messages with {@code minMsgId < msg_id <= maxMsgId}, newest first; the server may give fewer than asked for. */
    public CompletableFuture<List<Message>> pull(Conversation conversation, long maxMsgId, long minMsgId, int limit) {
        long id = session.nextId();
        return session.query(session.requests().pull(id, conversation, maxMsgId, minMsgId, limit), id)
                .thenApply(answer -> WireMessages.messages(conversation, (PullOldMsgResponse) answer));
    }

    /** The last messages of a conversation, oldest first. As the protocol has it, this also marks them as read. */
    public CompletableFuture<List<Message>> history(Conversation conversation, int limit) {
        return pull(conversation, -1, 0, limit).thenApply(newestFirst -> {
            List<Message> messages = new ArrayList<>(newestFirst);
            Collections.reverse(messages);
            return messages;
        });
    }

    /**
     * Who has read a conversation up to a message: of a group its members, those who have read furthest first; else the partner,
     * or nobody. Page by page from the server: of many, one who reads on meanwhile may be missing.
     */
    public CompletableFuture<List<ReadPosition>> readers(Conversation conversation, long msgId) {
        return readersFrom(conversation, msgId, 0, new LinkedHashMap<>())
                .thenApply(found -> List.copyOf(found.values()));
    }

    private CompletableFuture<Map<Long, ReadPosition>> readersFrom(
            Conversation conversation, long msgId, int offset, Map<Long, ReadPosition> found) {
        long id = session.nextId();
        return session.query(session.requests().readers(id, conversation, msgId, offset, READERS_PAGE), id)
                .thenCompose(answer -> {
                    var page = (ReadersResponse) answer;
                    // Whoever is overtaken meanwhile comes a second time.
                    WireGroups.readers(page).forEach(reader -> found.putIfAbsent(reader.userId(), reader));
                    int next = Objects.requireNonNullElse(page.offset(), 0);
                    return next > offset
                            ? readersFrom(conversation, msgId, next, found)
                            : CompletableFuture.completedFuture(found);
                });
    }

    /** Tells the others that the user is writing: once every few seconds will do. Large groups refuse it with 409. */
    public CompletableFuture<Void> typing(Conversation conversation) {
        long id = session.nextId();
        return session.query(session.requests().typing(id, conversation), id).thenAccept(answer -> {});
    }

    /**
     * Wants no notifications of a conversation while the user is offline.
     *
     * @param until in milliseconds since the epoch; 0 to have them again, {@link Long#MAX_VALUE} for never
     */
    public CompletableFuture<Void> muteConversation(Conversation conversation, long until) {
        long id = session.nextId();
        return session.query(session.requests().mute(id, conversation, until), id)
                .thenAccept(answer -> {});
    }

    /**
     * Wants to be told when these users go on- and offline, and no others any longer. Needs a client of protocol version 2.
     *
     * <p>The list is kept over reconnects. Where this fails, but for a refusal for good, the client goes on trying and tells
     * the listener what it finds; after a refusal the list before stays in effect.
     *
     * @param users none to be told of nobody; the server has a limit, 500 by default
     * @return whether each of them is online now; the listener hears of every change from then on
     */
    public CompletableFuture<Map<Long, Boolean>> subscribePresence(Set<Long> users) {
        return session.subscribePresence(Set.copyOf(users));
    }

    /** How many system messages are unread, by system type; types 10 and 30 are always there. */
    public CompletableFuture<SortedMap<Integer, Long>> systemUnread() {
        long id = session.nextId();
        return session.query(session.requests().systemUnread(id), id)
                .thenApply(answer -> WireMessages.systemUnreads((SyncSystemUnreadResponse) answer));
    }

    /** Marks all system messages of a type as read. */
    public CompletableFuture<Void> ackSystem(int systemType) {
        long id = session.nextId();
        return session.query(session.requests().systemAck(id, systemType), id).thenAccept(answer -> {});
    }

    /** How long the server's answer takes. */
    public CompletableFuture<Duration> ping() {
        long id = session.nextId();
        long start = System.nanoTime();
        return session.query(session.requests().ping(id), id)
                .thenApply(pong -> Duration.ofNanos(System.nanoTime() - start));
    }

    /** Closes the connection; what still waits for an answer fails with {@link ClientClosedException}. */
    @Override
    public void close() {
        session.end();
    }
}
