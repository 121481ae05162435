package com.linbox.router;

import com.linbox.group.GroupState;
import com.linbox.inbox.Inbox;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Session;
import com.linbox.presence.SessionCache;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.NewMessage;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.push.OfflineNotes;
import com.linbox.redis.RedisBatch;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells of stored messages: moves the inboxes up, answers the senders, pushes to the two ends of one-to-one conversations, and
 * hands on what groups' members are to be told. Not thread-safe.
 */
final class Notifier {

    private final Inbox inbox;
    private final SessionCache sessions;
    private final OutboxWriter outbox;
    private final RedisBatch redis;
    private final Fanout fanout;
    private final OfflineNotes notes;
    private final Clock clock;

    Notifier(RouterServices services, RedisBatch redis) {
        this.inbox = services.inbox();
        this.sessions = services.sessionCaches().newCache();
        this.outbox = services.outbox();
        this.redis = redis;
        this.fanout = new Fanout(services.requestLog(), services.settings().fanoutChunk());
        this.notes = services.push().newNotes();
        this.clock = services.clock();
    }

    /** Returns when nothing of it can be lost any more with this process. */
    void tell(List<News> news, Answers answers) {
        inbox.stored(redis, news.stream().map(News::message).toList());
        Set<Long> users = new HashSet<>();
        for (News item : news) {
            Conversation.Session pair = item.pair();
            if (pair != null) {
                users.add(pair.first());
                users.add(pair.second());
            }
            if (!item.removed().isEmpty()) {
                inbox.left(redis, ((Conversation.Group) item.message().conversation()).groupId(), item.removed());
                users.addAll(item.removed());
            }
            if (item.isFromOutside()) {
                // A back end has spoken for somebody who is no member, and so no reader either.
                inbox.left(
                        redis,
                        ((Conversation.Group) item.message().conversation()).groupId(),
                        List.of(item.message().senderId()));
            }
        }
        Map<Long, List<Session>> found = sessionsOf(users);
        for (News item : news) {
            tell(item, found, answers);
        }
        answers.send(outbox, redis, clock);
        fanout.await();
        notes.await();
    }

    /**
     * Executes the batch. Whoever is not found has signed in after the inboxes were moved up, and finds the messages there.
     */
    private Map<Long, List<Session>> sessionsOf(Set<Long> users) {
        if (users.isEmpty()) {
            redis.execute();
            return Map.of();
        }
        sessions.refresh(redis);
        Map<Long, List<Session>> found = new HashMap<>();
        sessions.sessions(redis, users.stream().mapToLong(user -> user).toArray(), found::put);
        redis.execute();
        return found;
    }

    private void tell(News item, Map<Long, List<Session>> sessions, Answers answers) {
        Conversation.Session pair = item.pair();
        if (pair != null) {
            push(item, pair.first(), sessions, answers);
            if (pair.first() != pair.second()) {
                push(item, pair.second(), sessions, answers);
            }
            if (sessions.getOrDefault(pair.partnerOf(item.message().senderId()), List.of())
                    .isEmpty()) {
                notes.offline(item.message(), item.origin());
            }
            return;
        }
        item.removed().forEach(user -> push(item, user, sessions, answers));
        GroupState group = item.group();
        if (group != null) {
            fanout.publish(item.message(), item.origin(), group);
        }
    }

    /** Pushes to all sessions of a user but the one that sent the message. */
    private static void push(News item, long user, Map<Long, List<Session>> sessions, Answers answers) {
        byte[] json = null;
        for (Session session : sessions.getOrDefault(user, List.of())) {
            if (item.isFrom(session)) {
                continue;
            }
            if (json == null) {
                json = json(item.message(), user);
            }
            answers.push(
                    session,
                    new Delivery.Push(
                                    session.connectionId(),
                                    PacketType.NEW_MESSAGE,
                                    json,
                                    item.origin().arrivedAt())
                            .of(item.origin().trace()));
        }
    }

    private static byte[] json(Message message, long user) {
        Conversation conversation = message.conversation();
        return PacketJson.write(new NewMessage(
                Long.toString(user),
                conversation.remoteOf(user),
                conversation.groupText(),
                conversation.type().code(),
                MessageBody.of(message)));
    }
}
