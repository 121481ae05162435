package com.linbox.presence;

import com.linbox.redis.RedisBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks Redis for what it does not remember. First the log, then the sessions: whatever changes after they were read is in the
 * log's part that is read next.
 */
final class RedisSessionCache implements SessionCache {

    /**
     * Nobody is believed in for longer than twice as long: changes can get lost, and a session's lifetime ends without one. Users
     * differ, so that not all are asked for again at the same time.
     */
    static final int SHORTEST_MINUTES = 8;

    /** More than gateways, and kinds of devices, usually are. */
    private static final int TEXTS = 256;

    private final RedisPresence presence;
    private final LongSupplier nanoTime;
    private final PresenceMeters meters;
    private final SessionTable table;
    private final ChangeLogReader log = new ChangeLogReader();
    private final @Nullable String[] texts = new String[TEXTS];

    /** @param nanoTime like {@link System#nanoTime()} */
    RedisSessionCache(RedisPresence presence, int users, LongSupplier nanoTime, PresenceMeters meters) {
        this.presence = presence;
        this.nanoTime = nanoTime;
        this.meters = meters;
        this.table = new SessionTable(users);
    }

    @Override
    public boolean refresh(RedisBatch batch, LongConsumer changed) {
        boolean all = log.read(batch, user -> {
            table.remove(user);
            changed.accept(user);
        });
        if (!all) {
            table.clear();
            meters.forgotten();
        }
        return all;
    }

    void forget(long userId) {
        table.remove(userId);
    }

    @Override
    public void known(long[] userIds, Found found) {
        int now = minutes();
        int looked = 0;
        LivingSessions living = presence.livingSessions();
        for (long userId : userIds) {
            List<Session> known = table.get(userId, now);
            if (known != null) {
                looked++;
                found.sessions(userId, living.of(known));
            }
        }
        meters.looked(looked, 0);
    }

    @Override
    public void sessions(RedisBatch batch, long[] userIds, Found found) {
        int now = minutes();
        int unknown = 0;
        LivingSessions living = presence.livingSessions();
        for (long userId : userIds) {
            List<Session> known = table.get(userId, now);
            if (known == null) {
                unknown++;
                ask(batch, userId, found);
            } else {
                found.sessions(userId, living.of(known));
            }
        }
        meters.looked(userIds.length - unknown, unknown);
    }

    private void ask(RedisBatch batch, long userId, Found found) {
        presence.stored(batch, userId).thenAccept(sessions -> {
            List<Session> all = compact(sessions);
            table.put(userId, all, minutes() + SHORTEST_MINUTES + (SessionTable.scatter(userId) & 7));
            found.sessions(userId, presence.living(userId, all));
        });
    }

    /** The same without the many copies of the same texts. */
    private List<Session> compact(List<Session> sessions) {
        if (sessions.isEmpty()) {
            return List.of();
        }
        List<Session> all = new ArrayList<>(sessions.size());
        for (Session session : sessions) {
            all.add(new Session(
                    session.userId(),
                    shared(session.gatewayId()),
                    session.connectionId(),
                    shared(session.device()),
                    session.since(),
                    session.protocol(),
                    session.registration(),
                    session.clientId(),
                    session.attempt()));
        }
        return List.copyOf(all);
    }

    private String shared(String text) {
        int place = text.hashCode() & TEXTS - 1;
        String known = texts[place];
        if (known != null && known.equals(text)) {
            return known;
        }
        texts[place] = text;
        return text;
    }

    private int minutes() {
        return (int) TimeUnit.NANOSECONDS.toMinutes(nanoTime.getAsLong());
    }
}
