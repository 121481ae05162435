package com.linbox.console;

import com.linbox.console.AuditLog.Action;
import com.linbox.console.ConsoleMeters.Change;
import com.linbox.group.Membership;
import com.linbox.inbox.Inbox;
import com.linbox.inbox.InboxEntry;
import com.linbox.inbox.UnreadTotal;
import com.linbox.message.Conversation;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import com.linbox.store.GroupStore;
import com.linbox.systemmessage.SystemMessages;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Finds a user and ends sessions. A user is known by sessions and an inbox: LINBOX has no list of users. */
final class UserCalls {

    static final String REASON = "disconnected by the operator";

    private static final int LONGEST_REASON = 256;
    private static final int SHOWN_CONVERSATIONS = 50;

    private final RedisConnections redis;
    private final Presence presence;
    private final OutboxWriter outbox;
    private final SystemMessages systemMessages;
    private final ObjectProvider<Inbox> inbox;
    private final ObjectProvider<GroupStore> groups;
    private final ConsoleMeters meters;
    private final AuditLog audit;
    private final Clock clock;

    UserCalls(
            RedisConnections redis,
            Presence presence,
            OutboxWriter outbox,
            SystemMessages systemMessages,
            ObjectProvider<Inbox> inbox,
            ObjectProvider<GroupStore> groups,
            ConsoleMeters meters,
            AuditLog audit,
            Clock clock) {
        this.redis = redis;
        this.presence = presence;
        this.outbox = outbox;
        this.systemMessages = systemMessages;
        this.inbox = inbox;
        this.groups = groups;
        this.meters = meters;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A device that is signed in.
     *
     * @param connectionId as text, because JavaScript's numbers are too short for it
     * @param since in milliseconds since the epoch
     * @param protocol version 1 or 2
     */
    record Device(String gatewayId, String connectionId, String device, long since, int protocol) {}

    /** @param with the other user, or {@code group} and the group's id */
    record ConversationUnread(String with, boolean group, long lastMsgId, long readMsgId, long unread) {}

    /**
     * What a user has not read.
     *
     * @param count messages in conversations that are not muted
     * @param conversations those with the newest messages, 50 at most
     */
    record Unread(long count, int muted, List<ConversationUnread> conversations) {}

    /**
     * A user.
     *
     * @param unread null in a process that has no inbox and no database: a gateway
     * @param systemUnread by type
     */
    record User(
            String userId, List<Device> devices, @Nullable Unread unread, Map<String, Long> systemUnread) {}

    /** {@code GET /users/{id}}. */
    ServerResponse find(ServerRequest request) throws RequestRejectedException {
        long userId = userId(request);
        Inbox theInbox = inbox.getIfAvailable();
        GroupStore theGroups = groups.getIfAvailable();
        List<Membership> memberships = theGroups == null
                ? List.of()
                : theGroups.groupsOf(List.of(userId)).getOrDefault(userId, List.of());
        try (RedisBatch batch = redis.newBatch()) {
            CompletionStage<List<Session>> sessions = presence.sessions(batch, userId);
            CompletionStage<SortedMap<Integer, Long>> system = systemMessages.unread(batch, userId);
            CompletionStage<UnreadTotal> total = null;
            CompletionStage<List<InboxEntry>> page = null;
            if (theInbox != null && theGroups != null) {
                total = theInbox.unread(batch, userId, memberships, clock.millis());
                page = theInbox.page(batch, userId, memberships, 0, SHOWN_CONVERSATIONS);
            }
            batch.execute();
            Map<String, Long> systemUnread = new LinkedHashMap<>();
            join(system).forEach((type, count) -> systemUnread.put(Integer.toString(type), count));
            return ServerResponse.ok()
                    .body(new User(
                            Long.toString(userId),
                            join(sessions).stream()
                                    .sorted(Comparator.comparingLong(Session::since))
                                    .map(UserCalls::device)
                                    .toList(),
                            total == null || page == null ? null : unread(userId, join(total), join(page)),
                            systemUnread));
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Device device(Session session) {
        return new Device(
                session.gatewayId(),
                Long.toString(session.connectionId()),
                session.device(),
                session.since(),
                session.protocol());
    }

    private static Unread unread(long userId, UnreadTotal total, List<InboxEntry> page) {
        return new Unread(
                total.count(),
                total.muted().size(),
                page.stream().map(entry -> conversation(userId, entry)).toList());
    }

    private static ConversationUnread conversation(long userId, InboxEntry entry) {
        return new ConversationUnread(
                entry.conversation().remoteOf(userId),
                entry.conversation() instanceof Conversation.Group,
                entry.lastMsgId(),
                entry.readMsgId(),
                entry.unread());
    }

    /** @param gatewayId with {@code connectionId} which of the user's sessions; without them all */
    record Ending(
            @Nullable String gatewayId,
            @Nullable String connectionId,
            @Nullable String reason) {}

    /** @param sessions how many are told to end */
    record Ended(int sessions) {}

    /** {@code POST /users/{id}/disconnect}: the devices are told the reason. Their gateways remove the sessions when it is done. */
    ServerResponse disconnect(ServerRequest request) throws RequestRejectedException, IOException {
        Operator who = ConsoleGuard.operator(request);
        long userId = userId(request);
        Ending ending = Bodies.read(request, Ending.class);
        String given = ending.reason() == null ? "" : ending.reason().strip();
        if (given.length() > LONGEST_REASON) {
            throw Refusal.wrong("reason: " + given.length() + " characters (expected: at most " + LONGEST_REASON + ")");
        }
        if ((ending.gatewayId() == null) != (ending.connectionId() == null)) {
            throw Refusal.wrong("gatewayId, connectionId: one of them (expected: both or neither)");
        }
        List<Session> concerned = sessions(userId).stream()
                .filter(session -> ending.gatewayId() == null
                        || ending.gatewayId().equals(session.gatewayId())
                                && Long.toString(session.connectionId()).equals(ending.connectionId()))
                .toList();
        String reason = given.isEmpty() ? REASON : given;
        for (Session session : concerned) {
            end(who, session, reason);
        }
        return ServerResponse.ok().body(new Ended(concerned.size()));
    }

    private List<Session> sessions(long userId) {
        try (RedisBatch batch = redis.newBatch()) {
            CompletionStage<List<Session>> sessions = presence.sessions(batch, userId);
            batch.execute();
            return join(sessions);
        }
    }

    private void end(Operator who, Session session, String reason) {
        String target = "user %d, device \"%s\", %s/%d"
                .formatted(session.userId(), session.device(), session.gatewayId(), session.connectionId());
        try {
            join(outbox.write(session.gatewayId(), List.of(new Delivery.Disconnect(session.connectionId(), reason))));
        } catch (RuntimeException e) {
            audit.refused(who, Action.DISCONNECTED, target, null, reason, e.getMessage());
            throw e;
        }
        meters.changed(Change.DISCONNECT);
        audit.done(who, Action.DISCONNECTED, target, null, reason);
    }

    private static long userId(ServerRequest request) throws RequestRejectedException {
        return Ids.parse("userId", request.pathVariable("id"));
    }
}
