package com.linbox.presence;

import static com.linbox.cluster.LivingGateways.UNREGISTERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.presence.PresenceSettings.Devices;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import com.linbox.redis.RedisUnavailableException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cache of sessions promises, whatever Redis they are kept in. */
abstract class SessionCacheContract {

    private static final int USERS = 1_000;

    /** Gateways with the last registration of theirs that is known to have ended. */
    private final Map<String, Long> gone = new ConcurrentHashMap<>();

    private final PresenceMeters meters = new PresenceMeters(new SimpleMeterRegistry());
    private RedisPresence presence;
    private Counting batch;
    private SessionCache cache;
    private long nanos = 1_000_000_000_000L;

    /** A user of this test, unknown to all others, as are the hundred thousands after it. */
    private final long user = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 61);

    abstract RedisConnections redis();

    @BeforeEach
    void newCache() {
        presence = new RedisPresence(
                redis(),
                (gateway, registration, since) -> registration <= gone.getOrDefault(gateway, -1L),
                new SessionPolicy(new PresenceSettings(Devices.MANY, 10, USERS)),
                meters);
        batch = new Counting(redis().newBatch());
        cache = cache(USERS);
        // The log has an end to go on from.
        signIn(session(user - 1, "g1", 1));
        cache.refresh(batch);
    }

    private SessionCache cache(int users) {
        return new RedisSessionCache(presence, users, () -> nanos, meters);
    }

    @AfterEach
    void closeBatch() {
        batch.close();
    }

    @Test
    void aUsersSessionsAreAskedForOnceWithEverythingThatWasSaid() {
        Session phone = new Session(user, "gateway/of:many-signs", 7, "Anna's iPhone 📱 12", 1_000, 2);
        Session web = session(user, "g2", 2);
        signIn(phone);
        signIn(web);

        assertThat(ask(user)).containsExactlyInAnyOrder(phone, web);
        assertThat(batch.taken()).isEqualTo(1);

        assertThat(ask(user)).containsExactlyInAnyOrder(phone, web);
        assertThat(batch.taken()).isZero();
    }

    @Test
    void somebodyWhoIsOfflineIsAskedForOnceToo() {
        assertThat(ask(user)).isEmpty();
        assertThat(batch.taken()).isEqualTo(1);

        assertThat(ask(user)).isEmpty();
        assertThat(batch.taken()).isZero();
    }

    @Test
    void whatChangedIsSeenFromTheNextRefreshOn() {
        assertThat(ask(user)).isEmpty();
        Session first = session(user, "g1", 1);
        signIn(first);
        cache.refresh(batch);
        assertThat(ask(user)).containsExactly(first);

        Session second = session(user, "g2", 1);
        signIn(second);
        cache.refresh(batch);
        assertThat(ask(user)).containsExactlyInAnyOrder(first, second);

        await(presence.signOut(first));
        cache.refresh(batch);
        assertThat(ask(user)).containsExactly(second);
    }

    @Test
    void whatIsKnownIsGivenWithoutAskingUntilARefreshTellsWhoHasChanged() {
        Session first = session(user, "g1", 1);
        signIn(first);
        cache.refresh(batch);
        assertThat(known(user, user + 1)).isEmpty();
        ask(user, user + 1);
        assertThat(known(user, user + 1)).isEqualTo(Map.of(user, List.of(first), user + 1, List.of()));

        signIn(session(user + 1, "g2", 1));
        assertThat(known(user + 1)).as("as old as the last refresh").isEqualTo(Map.of(user + 1, List.of()));
        Set<Long> changed = new HashSet<>();
        assertThat(cache.refresh(batch, changed::add)).isTrue();
        assertThat(changed).contains(user + 1).doesNotContain(user);
        batch.taken();
        assertThat(known(user, user + 1)).isEqualTo(Map.of(user, List.of(first)));
        assertThat(batch.taken()).isZero();
    }

    private Map<Long, List<Session>> known(long... users) {
        Map<Long, List<Session>> known = new HashMap<>();
        cache.known(users, known::put);
        return known;
    }

    @Test
    void whoHasNotChangedIsStillKnownAfterARefresh() {
        ask(user, user + 1);
        signIn(session(user, "g1", 1));
        cache.refresh(batch);
        batch.taken();

        ask(user, user + 1);

        assertThat(batch.taken()).isEqualTo(1);
    }

    @Test
    void manyChangesAtOnceAreAllSeen() {
        long[] users = LongStream.range(user, user + 300).toArray();
        ask(users);
        // More than one page of the log.
        for (int round = 0; round < 5; round++) {
            appendChanges(users);
        }
        cache.refresh(batch);
        batch.taken();

        ask(users);

        assertThat(batch.taken()).isEqualTo(users.length);
    }

    private void appendChanges(long[] users) {
        for (long changed : users) {
            batch.add(commands ->
                    commands.xadd(ChangeLog.KEY, Map.of(ChangeLog.USER, LuaScript.bytes(Long.toString(changed)))));
        }
        batch.execute();
    }

    @Test
    void aSessionThatWasPutBackIsSeen() {
        Session session = session(user, "g1", 1);
        assertThat(ask(user)).isEmpty();

        await(presence.renew(List.of(session), () -> UNREGISTERED, any -> true));
        cache.refresh(batch);

        assertThat(ask(user)).containsExactly(session);
    }

    @Test
    void aSessionOfAGatewayThatIsGoneDoesNotCountFromThatMomentOn() {
        Session living = session(user, "g1", 1);
        signIn(living);
        signIn(session(user, "dead", 1));
        signIn(session(user + 1, "dead", 2));
        assertThat(ask(user)).hasSize(2);
        assertThat(ask(user + 1)).hasSize(1);

        gone.put("dead", Long.MAX_VALUE);

        assertThat(ask(user)).containsExactly(living);
        assertThat(ask(user + 1)).isEmpty();
    }

    @Test
    void aGatewayThatWasTakenForGoneByMistakeCountsAgain() {
        Session session = session(user, "g1", 1);
        signIn(session);
        assertThat(ask(user)).hasSize(1);
        gone.put("g1", Long.MAX_VALUE);
        assertThat(ask(user)).isEmpty();

        gone.clear();

        assertThat(ask(user)).containsExactly(session);
    }

    @Test
    void whoeverComesAcrossSessionsOfAGatewayThatIsGoneTellsAllCaches() {
        SessionCache other = cache(USERS);
        other.refresh(batch);
        signIn(session(user, "dead", 1));
        assertThat(ask(other, user)).hasSize(1);
        gone.put("dead", Long.MAX_VALUE);

        assertThat(ask(user)).isEmpty();

        Awaitility.await().untilAsserted(() -> {
            other.refresh(batch);
            batch.taken();
            assertThat(ask(other, user)).isEmpty();
            assertThat(batch.taken()).as("asked again").isEqualTo(1);
        });
        long left = await(redis().send(commands -> commands.exists(StoredSession.key(user))));
        assertThat(left).isZero();
    }

    @Test
    void whereTheLogWasTrimmedBeyondWhereItWasEverythingIsForgotten() {
        ask(user);
        signIn(session(user, "g1", 1));
        signIn(session(user + 1, "g1", 2));
        await(redis().send(commands -> commands.xtrim(ChangeLog.KEY, 1)));

        cache.refresh(batch);

        assertThat(ask(user)).hasSize(1);
    }

    @Test
    void whereTheLogIsGoneEverythingIsForgotten() {
        ask(user);
        signIn(session(user, "g1", 1));
        await(redis().send(commands -> commands.del(ChangeLog.KEY)));

        cache.refresh(batch);
        assertThat(ask(user)).hasSize(1);

        signIn(session(user, "g1", 2));
        cache.refresh(batch);
        assertThat(ask(user)).hasSize(2);
    }

    @Test
    void whereTheLogWasBegunAnewEverythingIsForgotten() {
        ask(user);
        signIn(session(user, "g1", 1));
        await(redis().send(commands -> commands.del(ChangeLog.KEY)));
        signIn(session(user + 1, "g1", 1));

        cache.refresh(batch);

        assertThat(ask(user)).hasSize(1);
    }

    @Test
    void nothingIsBelievedForLongerThanAQuarterOfAnHour() {
        ask(user);
        await(redis().send(commands ->
                commands.hset(StoredSession.key(user), "g1/1", LuaScript.bytes("1000 1 changed, but not told"))));

        nanos += TimeUnit.MINUTES.toNanos(RedisSessionCache.SHORTEST_MINUTES - 1);
        assertThat(ask(user)).isEmpty();
        nanos += TimeUnit.MINUTES.toNanos(RedisSessionCache.SHORTEST_MINUTES);
        assertThat(ask(user)).hasSize(1);
    }

    @Test
    void ofMoreUsersThanItHoldsAllAreTold() {
        int many = 3 * USERS;
        long[] users = LongStream.range(user, user + many).toArray();
        signIn(session(user, "g1", 1));
        signIn(session(user + many - 1, "g1", 2));

        for (int round = 0; round < 2; round++) {
            Map<Long, List<Session>> found = askAll(cache, users);

            assertThat(found).hasSize(many);
            assertThat(found.get(user)).hasSize(1);
            assertThat(found.get(user + many - 1)).hasSize(1);
        }
    }

    @Test
    void manyUsersAskedForAgainCostNoCommandAndNoMemory() {
        int all = 10_000;
        long[] users = LongStream.range(user, user + all).toArray();
        for (int i = 0; i < all; i += 10) {
            Session session = session(user + i, "g" + i % 2, i);
            batch.add(commands -> commands.hset(
                    StoredSession.key(session.userId()),
                    StoredSession.field(session),
                    LuaScript.bytes(StoredSession.value(session))));
        }
        batch.execute();
        cache = cache(all);
        cache.refresh(batch);
        Tally tally = new Tally();

        cache.sessions(batch, users, tally);
        batch.execute();
        assertThat(batch.taken()).isEqualTo(all);
        assertThat(tally.takeOnline()).isEqualTo(all / 10);

        cache.refresh(batch);
        cache.sessions(batch, users, tally);
        batch.execute();
        assertThat(batch.taken()).isZero();
        assertThat(tally.takeOnline()).isEqualTo(all / 10);

        long before = Allocated.bytes();
        cache.sessions(batch, users, tally);
        assertThat(Allocated.bytes() - before).as("bytes allocated").isLessThan(all);
        assertThat(tally.takeOnline()).isEqualTo(all / 10);
    }

    /** Users come and go on another thread; whoever stood still meanwhile must be seen as they are. */
    @Test
    void whoseSignInOrOutWasAnsweredBeforeARefreshIsSeenAfterIt() throws Exception {
        int all = 50;
        long[] users = LongStream.range(user, user + all).toArray();
        // Odd while the user comes or goes; then 2, 6, … online and 0, 4, … offline.
        AtomicInteger[] steps = new AtomicInteger[all];
        Arrays.setAll(steps, i -> new AtomicInteger());
        CompletableFuture<Void> comingAndGoing = CompletableFuture.runAsync(() -> comeAndGo(steps));

        int compared = 0;
        while (!comingAndGoing.isDone() || compared == 0) {
            int[] before = values(steps);
            cache.refresh(batch);
            Map<Long, List<Session>> found = askAll(cache, users);
            int[] after = values(steps);
            for (int i = 0; i < all; i++) {
                if (before[i] == after[i] && before[i] % 2 == 0) {
                    assertThat(found.get(user + i))
                            .as("user %s after step %s", i, before[i])
                            .hasSize(before[i] % 4 == 2 ? 1 : 0);
                    compared++;
                }
            }
        }
        comingAndGoing.get(10, TimeUnit.SECONDS);
        assertThat(compared).isGreaterThan(all);
    }

    private void comeAndGo(AtomicInteger[] steps) {
        Random random = new Random(4);
        for (int change = 0; change < 600; change++) {
            int i = random.nextInt(steps.length);
            Session session = session(user + i, "g1", i);
            boolean coming = steps[i].getAndIncrement() % 4 == 0;
            if (coming) {
                signIn(session);
            } else {
                await(presence.signOut(session));
            }
            steps[i].incrementAndGet();
        }
    }

    private static int[] values(AtomicInteger[] counters) {
        return Arrays.stream(counters).mapToInt(AtomicInteger::get).toArray();
    }

    @Test
    void aSignInThatCannotBeLoggedFails() {
        await(redis().send(commands -> commands.set(ChangeLog.KEY, LuaScript.bytes("no stream"))));
        try {
            CompletableFuture<List<Session>> signIn =
                    presence.signIn(session(user, "g1", 1), UNREGISTERED).toCompletableFuture();
            assertThatThrownBy(() -> signIn.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RedisUnavailableException.class);
            assertThatThrownBy(() -> cache.refresh(batch)).isInstanceOf(RedisUnavailableException.class);
        } finally {
            await(redis().send(commands -> commands.del(ChangeLog.KEY)));
        }
    }

    private Session session(long userId, String gatewayId, long connectionId) {
        return new Session(userId, gatewayId, connectionId, "web", 1_000, 1);
    }

    private void signIn(Session session) {
        await(presence.signIn(session, UNREGISTERED));
    }

    private List<Session> ask(long... users) {
        return ask(cache, users);
    }

    private List<Session> ask(SessionCache asked, long... users) {
        return askAll(asked, users).values().stream()
                .flatMap(Collection::stream)
                .toList();
    }

    private Map<Long, List<Session>> askAll(SessionCache asked, long... users) {
        Map<Long, List<Session>> found = new HashMap<>();
        asked.sessions(batch, users, found::put);
        batch.execute();
        return found;
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** How many of the users that it was told are online. */
    private static final class Tally implements SessionCache.Found {

        private int online;

        @Override
        public void sessions(long userId, List<Session> sessions) {
            online += sessions.isEmpty() ? 0 : 1;
        }

        int takeOnline() {
            int taken = online;
            online = 0;
            return taken;
        }
    }

    /** Counts the users that are asked for. */
    private static final class Counting implements RedisBatch {

        private final RedisBatch batch;
        private int asked;

        Counting(RedisBatch batch) {
            this.batch = batch;
        }

        @Override
        public <T> CompletableFuture<T> add(
                Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
            return batch.add(commands -> {
                RedisFuture<T> future = command.apply(commands);
                if (future instanceof RedisCommand<?, ?, ?> sent && sent.getType() == CommandType.HGETALL) {
                    asked++;
                }
                return future;
            });
        }

        @Override
        public void keepOrder() {
            batch.keepOrder();
        }

        @Override
        public void execute() {
            batch.execute();
        }

        int taken() {
            int taken = asked;
            asked = 0;
            return taken;
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
