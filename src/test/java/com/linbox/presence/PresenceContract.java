package com.linbox.presence;

import static com.linbox.cluster.LivingGateways.UNREGISTERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.presence.PresenceSettings.Devices;
import com.linbox.presence.RenewScript.Finding;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What presence promises, whatever Redis it is kept in. */
abstract class PresenceContract {

    /** Gateways with the last registration of theirs that is known to have ended. */
    private final Map<String, Long> gone = new ConcurrentHashMap<>();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Presence presence;

    /** A user of this test, unknown to all others. */
    private final long user = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 61);

    abstract RedisConnections redis();

    @BeforeEach
    void newPresence() {
        presence = presence(Devices.ONE, 10);
    }

    @Test
    void aSignedInUserIsFoundWithEverythingThatWasSaid() {
        Session session = new Session(user, "gateway/of:many-signs", 7, "Anna's iPhone 📱 12", 1_000, 2);

        assertThat(signIn(session)).isEmpty();

        assertThat(sessions()).containsExactly(session);
    }

    @Test
    void somebodyNotSignedInHasNoSessions() {
        assertThat(sessions()).isEmpty();
    }

    @Test
    void aSecondSignInTakesThePlaceOfTheFirstAndIsToldOfIt() {
        Session first = session("g1", 1);
        Session second = session("g2", 1);
        signIn(first);

        assertThat(signIn(second)).containsExactly(first);

        assertThat(sessions()).containsExactly(second);
    }

    @Test
    void aSignInThatWasOvertakenDoesNotTakeThePlaceOfTheLaterOne() {
        Session late = new Session(user, "slow", 1, "phone", 100_000, 2);
        Session later = new Session(user, "g2", 1, "phone", 100_001, 2);
        signIn(later);

        assertThat(signIn(late)).containsExactly(late);

        assertThat(sessions()).containsExactly(later);
    }

    /** The network has delivered it when the client had long given it up. */
    @Test
    void aSignInThatArrivesAfterALaterOneOfTheSameClientDoesNotTakeItsPlace() {
        Session later = new Session(user, "g2", 1, "phone", 100_000, 2).by(77, 2);
        Session late = new Session(user, "g1", 1, "phone", 100_500, 2).by(77, 1);
        signIn(later);

        assertThat(signIn(late)).containsExactly(late);
        assertThat(renew(List.of(late))).containsExactly(late);

        assertThat(sessions()).containsExactly(later);
    }

    @Test
    void attemptsOfDifferentClientsAreNotCompared() {
        Session one = new Session(user, "g1", 1, "phone", 100_000, 2).by(77, 5);
        Session other = new Session(user, "g2", 1, "phone", 100_001, 2).by(78, 1);
        signIn(one);

        assertThat(signIn(other)).containsExactly(one);

        assertThat(sessions()).containsExactly(other);
    }

    @Test
    void aClientThatComesBackTakesItsOwnPlaceHoweverManyDevicesAUserMayHave() {
        presence = presence(Devices.MANY, 10);
        Session before = new Session(user, "g1", 1, "phone", 100_000, 2).by(77, 1);
        Session other = new Session(user, "g1", 2, "phone", 100_000, 2).by(78, 1);
        Session after = new Session(user, "g2", 1, "phone", 99_000, 2).by(77, 2);
        signIn(before);
        signIn(other);

        assertThat(signIn(after)).containsExactly(before);

        assertThat(sessions()).containsExactlyInAnyOrder(other, after);
    }

    @Test
    void whatAStoredSessionSaysOfItselfIsReadBack() {
        for (Session session : List.of(
                session("g1", 1),
                session("g1", 1).at(3),
                session("g1", 1).by(4, 5),
                session("g1", 1).by(4, 5).at(3),
                new Session(user, "g1", 1, "1 2/3 4", 1_000, 2).by(4, 5))) {
            assertThat(StoredSession.of(user, StoredSession.field(session), StoredSession.value(session)))
                    .isEqualTo(session);
        }
    }

    @Test
    void clocksThatDifferByMuchKeepNobodyOut() {
        Session ofTheFuture = new Session(user, "ahead", 1, "phone", 140_000, 2);
        Session now = new Session(user, "g2", 1, "phone", 100_000, 2);
        signIn(ofTheFuture);

        assertThat(signIn(now)).containsExactly(ofTheFuture);

        assertThat(sessions()).containsExactly(now);
    }

    @Test
    void ofManySignInsAtTheSameTimeExactlyOneStaysAndAllOthersAreTold() {
        List<Session> all =
                IntStream.range(0, 50).mapToObj(i -> session("g" + i % 3, i)).toList();

        List<CompletableFuture<List<Session>>> losers = all.parallelStream()
                .map(session -> presence.signIn(session, UNREGISTERED).toCompletableFuture())
                .toList();

        List<Session> told = new ArrayList<>();
        losers.forEach(some -> told.addAll(some.join()));
        List<Session> left = sessions();
        assertThat(left).hasSize(1);
        assertThat(told).hasSize(49).doesNotHaveDuplicates().doesNotContainAnyElementsOf(left);
    }

    @Test
    void signingInAgainOnTheSameConnectionDisplacesNobody() {
        signIn(session("g1", 1));

        assertThat(signIn(session("g1", 1))).isEmpty();

        assertThat(sessions()).hasSize(1);
    }

    @Test
    void signingOutRemovesThisVerySessionAndNotTheOneThatTookItsPlace() {
        Session first = session("g1", 1);
        Session second = session("g1", 2);
        signIn(first);
        signIn(second);

        await(presence.signOut(first));
        assertThat(sessions()).containsExactly(second);

        await(presence.signOut(second));
        assertThat(sessions()).isEmpty();
    }

    @Test
    void sessionsOfAGatewayThatIsGoneDoNotCountAndAreRemoved() {
        signIn(session("dead", 1));
        gone.put("dead", Long.MAX_VALUE);

        assertThat(sessions()).isEmpty();

        Awaitility.await().until(() -> fields() == 0);
        assertThat(signIn(session("g1", 1))).isEmpty();
    }

    /** Who asks has seen the gateway go and not yet come back. */
    @Test
    void aGatewayThatWasTakenForGoneComesBackWithItsSessionsWhoeverHasNotSeenThatYet() {
        Session session = session("slow", 1);
        await(presence.signIn(session, 7));
        gone.put("slow", 7L);
        assertThat(sessions()).isEmpty();

        assertThat(await(presence.renew(List.of(session), () -> 8, any -> true)))
                .isEmpty();

        assertThat(sessions()).containsExactly(session.at(8));
        // Whoever had read it before removes nothing now.
        long removed = await(redis().send(commands -> RemoveScript.run(commands, user, List.of(session.at(7)))));
        assertThat(removed).isZero();
        assertThat(sessions()).containsExactly(session.at(8));
    }

    @Test
    void aSessionThatNobodyHasRemovedIsStoredAnewToo() {
        Session session = session("slow", 1);
        await(presence.signIn(session, 7));

        await(presence.renew(List.of(session), () -> 8, any -> true));
        await(presence.renew(List.of(session), () -> 7, any -> true));

        assertThat(sessions()).containsExactly(session.at(8));
        assertThat(renewals(Finding.PUT_BACK)).isEqualTo(1);
        assertThat(renewals(Finding.RENEWED)).isEqualTo(1);
    }

    @Test
    void aSessionOfAGatewayThatIsGoneIsDisplacedWithoutBeingTold() {
        signIn(session("dead", 1));
        gone.put("dead", Long.MAX_VALUE);

        assertThat(signIn(session("g1", 1))).isEmpty();
    }

    @Test
    void renewingProlongsALifetimeOfHours() {
        Session session = session("g1", 1);
        signIn(session);
        assertThat(lifetime()).isBetween(Presence.LIFETIME.minusMinutes(1), Presence.LIFETIME);
        await(redis().send(commands -> commands.expire(key(), 100)));

        assertThat(renew(List.of(session))).isEmpty();

        assertThat(lifetime()).isBetween(Presence.LIFETIME.minusMinutes(1), Presence.LIFETIME);
        assertThat(renewals(Finding.RENEWED)).isEqualTo(1);
    }

    @Test
    void aSessionThatRedisLostIsPutBack() {
        Session session = session("g1", 1);
        signIn(session);
        lose();

        assertThat(renew(List.of(session))).isEmpty();

        assertThat(sessions()).containsExactly(session);
        assertThat(lifetime()).isPositive();
        assertThat(renewals(Finding.PUT_BACK)).isEqualTo(1);
    }

    @Test
    void aSessionThatRedisLostIsNotPutBackWhenItEndedMeanwhile() {
        Session session = session("g1", 1);
        signIn(session);
        lose();

        await(presence.renew(List.of(session), () -> UNREGISTERED, any -> false));

        assertThat(sessions()).isEmpty();
    }

    @Test
    void aSessionThatLostItsPlaceWithoutHearingOfItHearsOfItWhenRenewed() {
        Session first = new Session(user, "g1", 1, "", 1_000, 1);
        Session second = new Session(user, "g2", 1, "", 2_000, 1);
        signIn(first);
        signIn(second);

        assertThat(renew(List.of(first))).containsExactly(first);

        assertThat(sessions()).containsExactly(second);
    }

    @Test
    void whereRedisLostOnlyTheNewestSignInTheNewestWinsAgain() {
        Session first = new Session(user, "g1", 1, "", 1_000, 1);
        Session second = new Session(user, "g2", 1, "", 2_000, 1);
        signIn(first);

        assertThat(renew(List.of(second))).isEmpty();

        assertThat(sessions()).containsExactly(second);
    }

    @Test
    void aGatewaysThousandsOfSessionsAreRenewedTogether() {
        List<Session> sessions = IntStream.range(0, 1_001)
                .mapToObj(i -> new Session(user + i, "g1", i, "", 1_000, 1))
                .toList();

        assertThat(renew(sessions)).isEmpty();
        assertThat(renewals(Finding.PUT_BACK)).isEqualTo(1_001);
        assertThat(renew(sessions)).isEmpty();
        assertThat(renewals(Finding.RENEWED)).isEqualTo(1_001);
    }

    @Test
    void oneForEachKindOfDeviceStays() {
        presence = presence(Devices.ONE_PER_DEVICE_TYPE, 10);
        Session phone = new Session(user, "g1", 1, "iphone", 1_000, 1);
        Session desktop = new Session(user, "g1", 2, "desktop", 2_000, 1);
        Session otherPhone = new Session(user, "g2", 1, "iPhone", 3_000, 1);
        signIn(phone);
        assertThat(signIn(desktop)).isEmpty();

        assertThat(signIn(otherPhone)).containsExactly(phone);

        assertThat(sessions()).containsExactlyInAnyOrder(desktop, otherPhone);
        assertThat(renew(List.of(phone, desktop, otherPhone))).containsExactly(phone);
    }

    @Test
    void aSessionThatAnEarlierLinboxStoredIsReadAndDisplacedLikeAnyOther() {
        presence = presence(Devices.ONE_PER_DEVICE_TYPE, 10);
        await(redis().send(commands -> commands.hset(key(), "g1/1", LuaScript.bytes("1000 iphone 12"))));
        Session earlier = new Session(user, "g1", 1, "iphone 12", 1_000, 1);
        assertThat(sessions()).containsExactly(earlier);

        assertThat(signIn(new Session(user, "g1", 2, "2 phones", 2_000, 2))).isEmpty();
        assertThat(signIn(new Session(user, "g2", 1, "iPhone 12", 3_000, 2))).containsExactly(earlier);
    }

    @Test
    void onManyDevicesTheOldestGoesWhereThereAreTooMany() {
        presence = presence(Devices.MANY, 3);
        List<Session> all = IntStream.range(0, 5)
                .mapToObj(i -> new Session(user, "g1", i, "web", 1_000 + i, 1))
                .toList();

        List<Session> told = new ArrayList<>();
        all.forEach(session -> told.addAll(signIn(session)));

        assertThat(told).containsExactly(all.get(0), all.get(1));
        assertThat(sessions()).containsExactlyInAnyOrderElementsOf(all.subList(2, 5));
    }

    @Test
    void kindsOfDevicesThatAClientMakesUpAreBoundedToo() {
        presence = presence(Devices.ONE_PER_DEVICE_TYPE, 3);
        IntStream.range(0, 20).forEach(i -> signIn(new Session(user, "g1", i, "device" + i, 1_000 + i, 1)));

        assertThat(sessions()).hasSize(3);
    }

    @Test
    void aLostSessionIsNotPutBackOverNewerOnesThatHaveTakenAllPlaces() {
        presence = presence(Devices.MANY, 2);
        Session oldest = new Session(user, "g1", 1, "web", 1_000, 1);
        Session newer = new Session(user, "g1", 2, "web", 2_000, 1);
        Session newest = new Session(user, "g1", 3, "web", 3_000, 1);
        List.of(oldest, newer, newest).forEach(this::signIn);

        assertThat(renew(List.of(oldest))).containsExactly(oldest);

        assertThat(sessions()).containsExactlyInAnyOrder(newer, newest);
    }

    @Test
    void aLostSessionTakesItsPlaceBackFromAnOlderOne() {
        presence = presence(Devices.MANY, 2);
        signIn(new Session(user, "g1", 1, "web", 1_000, 1));
        signIn(new Session(user, "g1", 2, "web", 2_000, 1));
        Session lost = new Session(user, "g1", 3, "web", 3_000, 1);

        assertThat(renew(List.of(lost))).isEmpty();

        assertThat(sessions()).extracting(Session::connectionId).containsExactlyInAnyOrder(2L, 3L);
    }

    private Presence presence(Devices devices, int most) {
        return new RedisPresence(
                redis(),
                (gateway, registration, since) -> registration <= gone.getOrDefault(gateway, -1L),
                new SessionPolicy(new PresenceSettings(devices, most, 1_000)),
                new PresenceMeters(meters));
    }

    private Session session(String gatewayId, long connectionId) {
        return new Session(user, gatewayId, connectionId, "web", 1_000, 1);
    }

    private List<Session> signIn(Session session) {
        return await(presence.signIn(session, UNREGISTERED));
    }

    private List<Session> renew(Collection<Session> sessions) {
        return await(presence.renew(sessions, () -> UNREGISTERED, any -> true));
    }

    private List<Session> sessions() {
        try (RedisBatch batch = redis().newBatch()) {
            CompletionStage<List<Session>> sessions = presence.sessions(batch, user);
            batch.execute();
            return sessions.toCompletableFuture().getNow(null);
        }
    }

    private void lose() {
        await(redis().send(commands -> commands.del(key())));
    }

    private long fields() {
        return await(redis().send(commands -> commands.hlen(key())));
    }

    private Duration lifetime() {
        return Duration.ofSeconds(await(redis().send(commands -> commands.ttl(key()))));
    }

    private String key() {
        return StoredSession.key(user);
    }

    private double renewals(Finding finding) {
        return meters.get(PresenceMeters.RENEWALS)
                .tag("finding", finding.name().toLowerCase(Locale.ROOT))
                .counter()
                .count();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
