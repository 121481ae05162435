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
        Set<Long> users = moveInboxesUp(news);
        redis.keepOrder();
        Map<Long, List<Session>> sessions = push(news, users, answers);
        answers.count(clock);
        for (News item : news) {
            tellOthers(item, sessions);
        }
        fanout.await();
        notes.await();
    }

    /** Returns the users who are to be told here. */
    private Set<Long> moveInboxesUp(List<News> news) {
        inbox.stored(redis, news.stream().map(News::message).toList());
        Set<Long> users = new HashSet<>();
        for (News item : news) {
            users.addAll(item.told());
            if (!item.removed().isEmpty()) {
                inbox.left(redis, ((Conversation.Group) item.message().conversation()).groupId(), item.removed());
            }
            if (item.isFromOutside()) {
                // A back end has spoken for somebody who is no member, and so no reader either.
                inbox.left(
                        redis,
                        ((Conversation.Group) item.message().conversation()).groupId(),
                        List.of(item.message().senderId()));
            }
        }
        return users;
    }

    /**
     * Pushes in the round trip of the inboxes, by the sessions that are known, which may be some moments old. Behind all of it the
     * same round trip reads whose sessions have changed: these users' are looked up, and those among them that have been told
     * nothing yet are told. Whoever is still not found has signed in after the inboxes were moved up, and finds the messages
     * there.
     *
     * @return the sessions of all users
     */
    private Map<Long, List<Session>> push(List<News> news, Set<Long> users, Answers answers) {
        Map<Long, List<Session>> told = new HashMap<>();
        sessions.known(arrayOf(users), told::put);
        for (News item : news) {
            item.told().forEach(user -> push(item, user, told.getOrDefault(user, List.of()), answers));
        }
        answers.write(outbox, redis);
        if (users.isEmpty()) {
            redis.execute();
            return told;
        }
        Set<Long> inDoubt = new HashSet<>();
        if (sessions.refresh(redis, inDoubt::add)) {
            inDoubt.retainAll(users);
            users.stream().filter(user -> !told.containsKey(user)).forEach(inDoubt::add);
        } else {
            inDoubt.addAll(users);
        }
        if (!inDoubt.isEmpty()) {
            pushOnceMore(news, inDoubt, told, answers);
        }
        return told;
    }

    private void pushOnceMore(List<News> news, Set<Long> inDoubt, Map<Long, List<Session>> told, Answers answers) {
        Map<Long, List<Session>> now = new HashMap<>();
        sessions.sessions(redis, arrayOf(inDoubt), now::put);
        redis.execute();
        for (News item : news) {
            for (long user : item.told()) {
                List<Session> before = told.getOrDefault(user, List.of());
                List<Session> missed = now.getOrDefault(user, List.of()).stream()
                        .filter(session -> before.stream().noneMatch(session::isOfConnectionOf))
                        .toList();
                push(item, user, missed, answers);
            }
        }
        answers.write(outbox, redis);
        redis.execute();
        told.putAll(now);
    }

    private static long[] arrayOf(Set<Long> users) {
        return users.stream().mapToLong(user -> user).toArray();
    }

    private void tellOthers(News item, Map<Long, List<Session>> sessions) {
        Conversation.Session pair = item.pair();
        if (pair != null) {
            if (sessions.getOrDefault(pair.partnerOf(item.message().senderId()), List.of())
                    .isEmpty()) {
                notes.offline(item.message(), item.origin());
            }
            return;
        }
        GroupState group = item.group();
        if (group != null) {
            fanout.publish(item.message(), item.origin(), group);
        }
    }

    /** Pushes to these sessions of a user, but not to the one that sent the message. */
    private static void push(News item, long user, List<Session> sessions, Answers answers) {
        byte[] json = null;
        for (Session session : sessions) {
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
