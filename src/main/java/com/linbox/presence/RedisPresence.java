package com.linbox.presence;

import com.linbox.cluster.LivingGateways;
import com.linbox.presence.RenewScript.Finding;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Presence in Redis; keys as in the package's table. */
final class RedisPresence implements Presence {

    /** Sessions renewed at a time: a gateway has many, and sign-ins must not wait behind all of them. */
    private static final int RENEWED_AT_ONCE = 200;

    private final RedisConnections redis;
    private final LivingGateways gateways;
    private final PresenceMeters meters;
    private final ChangeLog changes;
    private final SignInScript signIn;
    private final RenewScript renew;

    RedisPresence(RedisConnections redis, LivingGateways gateways, SessionPolicy policy, PresenceMeters meters) {
        this.signIn = new SignInScript(policy);
        this.renew = new RenewScript(policy);
        this.changes = new ChangeLog(redis);
        this.redis = redis;
        this.gateways = gateways;
        this.meters = meters;
    }

    @Override
    public CompletionStage<List<Session>> signIn(Session session, long registration) {
        return redis.send(commands -> signIn.run(commands, session.at(registration)))
                .thenCompose(losers -> changes.append(session.userId()).thenApply(logged -> losers))
                .thenApply(losers -> SignInScript.losers(session.userId(), losers).stream()
                        .filter(loser -> !isGone(loser))
                        .toList());
    }

    @Override
    public CompletionStage<Void> signOut(Session session) {
        return redis.send(commands -> commands.hdel(StoredSession.key(session.userId()), StoredSession.field(session)))
                .thenCompose(removed -> changes.append(session.userId()));
    }

    @Override
    public CompletionStage<List<Session>> renew(
            Collection<Session> sessions, LongSupplier registration, Predicate<Session> connected) {
        List<Session> displaced = Collections.synchronizedList(new ArrayList<>());
        return renewFrom(0, List.copyOf(sessions), registration, connected, displaced)
                .thenApply(done -> List.copyOf(displaced));
    }

    private CompletionStage<Void> renewFrom(
            int from,
            List<Session> sessions,
            LongSupplier registration,
            Predicate<Session> connected,
            List<Session> displaced) {
        if (from >= sessions.size()) {
            return CompletableFuture.completedStage(null);
        }
        int to = Math.min(sessions.size(), from + RENEWED_AT_ONCE);
        CompletableFuture<?>[] chunk = sessions.subList(from, to).stream()
                .map(session -> renew(session.at(registration.getAsLong()), connected, displaced)
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(chunk)
                .thenCompose(done -> renewFrom(to, sessions, registration, connected, displaced));
    }

    private CompletionStage<Void> renew(Session session, Predicate<Session> connected, List<Session> displaced) {
        return redis.send(commands -> renew.run(commands, session)).thenCompose(number -> {
            Finding finding = RenewScript.finding(number);
            meters.renewed(finding);
            if (finding == Finding.DISPLACED) {
                displaced.add(session);
            } else if (finding == Finding.PUT_BACK) {
                return connected.test(session) ? changes.append(session.userId()) : signOut(session);
            }
            return CompletableFuture.completedStage(null);
        });
    }

    @Override
    public CompletionStage<List<Session>> sessions(RedisBatch batch, long userId) {
        return stored(batch, userId).thenApply(all -> living(userId, all));
    }

    /** As {@link #sessions}, with those of gateways that are gone. */
    CompletionStage<List<Session>> stored(RedisBatch batch, long userId) {
        return batch.add(commands -> commands.hgetall(StoredSession.key(userId)))
                .thenApply(fields -> all(userId, fields));
    }

    private static List<Session> all(long userId, Map<String, byte[]> fields) {
        List<Session> all = new ArrayList<>(fields.size());
        fields.forEach((field, value) -> all.add(StoredSession.of(userId, field, LuaScript.text(value))));
        return all;
    }

    LivingSessions livingSessions() {
        return new LivingSessions(gateways);
    }

    private boolean isGone(Session session) {
        return gateways.isGone(session.gatewayId(), session.registration(), session.since());
    }

    /** Those whose gateways are not known to be gone; the others are removed. */
    List<Session> living(long userId, List<Session> all) {
        List<Session> living = new ArrayList<>(all.size());
        List<Session> gone = new ArrayList<>(0);
        for (Session session : all) {
            (isGone(session) ? gone : living).add(session);
        }
        if (!gone.isEmpty()) {
            remove(userId, gone);
        }
        return living;
    }

    /** Not waited for: where it fails, the next one who asks tries again. */
    private void remove(long userId, List<Session> gone) {
        redis.send(commands -> RemoveScript.run(commands, userId, gone)).thenCompose(removed -> {
            meters.removed(removed.intValue());
            return removed == 0 ? CompletableFuture.<Void>completedStage(null) : changes.append(userId);
        });
    }
}
