package com.linbox.systemmessage;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import com.linbox.settings.Live;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What system messages promise, whatever Redis they are kept in. */
abstract class SystemMessagesContract {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final int ALL = 10_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Instant now = Instant.now();
    private final SystemMessages messages = messages(1_000, MONTH, now);

    /** A user of this test, unknown to all others. */
    private final long user = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 61);

    abstract RedisConnections redis();

    @Test
    void whatIsStoredIsReadInItsOrderWithEverythingThatWasSaid() {
        store(messages, 10, "{\"friends\":1}");
        store(messages, 30, "");
        store(messages, 10, "Gruß 📱 \u0000\r\n");

        List<StoredSystemMessage> stored = after(0);
        assertThat(stored)
                .extracting(StoredSystemMessage::content)
                .containsExactly("{\"friends\":1}", "", "Gruß 📱 \u0000\r\n");
        assertThat(stored).extracting(StoredSystemMessage::type).containsExactly(10, 30, 10);
        assertThat(stored).extracting(StoredSystemMessage::sendTime).containsOnly(now.toEpochMilli());
        assertRising(stored);
    }

    @Test
    void nobodysMessagesAreNone() {
        assertThat(after(0)).isEmpty();
        assertThat(position("phone")).isZero();
        assertThat(unread()).containsExactly(Map.entry(10, 0L), Map.entry(30, 0L));
    }

    @Test
    void whatComesAfterAMessageIsReadInPartsWithoutSkippingOrRepeatingOne() {
        IntStream.range(0, 25).forEach(i -> store(messages, 1, "message " + i));

        List<StoredSystemMessage> read = new ArrayList<>();
        List<StoredSystemMessage> part;
        do {
            part = await(messages.after(
                    user, read.isEmpty() ? 0 : read.get(read.size() - 1).msgId(), 10));
            read.addAll(part);
        } while (!part.isEmpty());

        assertThat(read)
                .extracting(StoredSystemMessage::content)
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void oneCallStoresForManyUsers() {
        try (RedisBatch batch = redis().newBatch()) {
            messages.store(batch, List.of(user, user + 1, user + 2), 30, "to all of you");
            batch.execute();
        }

        for (long each = user; each < user + 3; each++) {
            assertThat(await(messages.after(each, 0, ALL)))
                    .extracting(StoredSystemMessage::content)
                    .containsExactly("to all of you");
        }
        assertThat(counted(SystemMessageMeters.STORED)).isEqualTo(3);
    }

    @Test
    void idsRiseThoughTheClocksOfThoseWhoStoreDisagree() {
        store(messages(1_000, MONTH, now), 1, "first");
        store(messages(1_000, MONTH, now.minusSeconds(60)), 1, "second, a minute behind");
        store(messages(1_000, MONTH, now.plusSeconds(60)), 1, "third, a minute ahead");
        store(messages(1_000, MONTH, now), 1, "fourth");

        List<StoredSystemMessage> stored = after(0);
        assertThat(stored)
                .extracting(StoredSystemMessage::content)
                .containsExactly("first", "second, a minute behind", "third, a minute ahead", "fourth");
        assertRising(stored);
    }

    @Test
    void idsRiseThoughAllMessagesAreTooOldAndDropped() {
        store(messages, 1, "old");
        long old = after(0).get(0).msgId();
        await(redis().send(commands -> commands.xtrim(keys().messages(), 0)));

        store(messages, 1, "new");

        assertThat(after(old)).extracting(StoredSystemMessage::content).containsExactly("new");
    }

    @Test
    void ofMoreThanAThousandTheNewestStay() {
        try (RedisBatch batch = redis().newBatch()) {
            IntStream.range(0, 1_005).forEach(i -> messages.store(batch, List.of(user), 1, "message " + i));
            batch.execute();
        }

        List<StoredSystemMessage> stored = after(0);
        assertThat(stored).hasSize(1_000);
        assertThat(stored.get(0).content()).isEqualTo("message 5");
        assertThat(stored.get(999).content()).isEqualTo("message 1004");
        assertThat(kept()).isEqualTo(1_000);
        assertThat(dropped("number")).isEqualTo(5);
    }

    @Test
    void aMessageThatIsTooOldIsNotReadAndGoesWithTheNext() {
        Duration hour = Duration.ofHours(1);
        store(messages(1_000, hour, now), 1, "old");
        store(messages(1_000, hour, now.plusSeconds(1_800)), 1, "half as old");
        SystemMessages later = messages(1_000, hour, now.plusSeconds(3_601));

        assertThat(await(later.after(user, 0, ALL)))
                .extracting(StoredSystemMessage::content)
                .containsExactly("half as old");

        store(later, 1, "new");
        assertThat(kept()).isEqualTo(2);
        assertThat(dropped("age")).isEqualTo(1);
    }

    @Test
    void whatIsKeptOfAUserEndsWithItsLifetime() {
        SystemMessages brief = messages(1_000, Duration.ofMillis(200), now);
        store(brief, 1, "soon gone");
        await(brief.confirm(user, "phone", after(0).get(0).msgId()));

        Awaitility.await()
                .until(() -> await(redis().send(commands ->
                                commands.exists(keys().messages(), keys().unread(), keys().positions())))
                        == 0);
        assertThat(unread()).containsExactly(Map.entry(10, 0L), Map.entry(30, 0L));
    }

    @Test
    void aMonthIsCountedFromTheLastMessageOn() {
        store(messages, 1, "one");
        await(messages.confirm(user, "phone", 1));
        for (String key : List.of(keys().messages(), keys().unread(), keys().positions())) {
            await(redis().send(commands -> commands.expire(key, 100)));
        }

        store(messages, 1, "two");

        for (String key : List.of(keys().messages(), keys().unread(), keys().positions())) {
            assertThat(Duration.ofSeconds(await(redis().send(commands -> commands.ttl(key)))))
                    .as(key)
                    .isBetween(MONTH.minusMinutes(1), MONTH);
        }
    }

    @Test
    void eachTypeCountsUntilItIsAcknowledged() {
        store(messages, 100, "relation");
        store(messages, 30, "notice");
        store(messages, 30, "notice");

        assertThat(unread()).containsExactly(Map.entry(10, 0L), Map.entry(30, 2L), Map.entry(100, 1L));

        acknowledge(30);
        assertThat(unread()).containsExactly(Map.entry(10, 0L), Map.entry(30, 0L), Map.entry(100, 1L));

        acknowledge(100);
        acknowledge(77);
        store(messages, 30, "notice");
        assertThat(unread()).containsExactly(Map.entry(10, 0L), Map.entry(30, 1L));
    }

    @Test
    void everyDeviceHasAPositionThatNeverMovesBack() {
        await(messages.confirm(user, "phone", 5));
        await(messages.confirm(user, "phone", 3));
        await(messages.confirm(user, "desktop", 4));
        await(messages.confirm(user, "", 6));

        assertThat(position("phone")).isEqualTo(5);
        assertThat(position("desktop")).isEqualTo(4);
        assertThat(position("")).isEqualTo(6);
        assertThat(position("tablet")).isZero();
    }

    /** The device is the same for both or for neither, or a sign-in would end a session whose messages it does not get. */
    @Test
    void devicesAreAlikeWherePresenceTakesThemForAlike() {
        for (String device : List.of("iPhone", "ÄÖÜ-Ипхоне-İ", "KELVIN")) {
            await(messages.confirm(user, device, 5));
            String lowered = await(redis().send(commands -> commands.<byte[]>eval(
                            "return string.lower(ARGV[1])".getBytes(),
                            io.lettuce.core.ScriptOutputType.VALUE,
                            new String[] {keys().positions()},
                            LuaScript.bytes(device))
                    .thenApply(LuaScript::text)));

            assertThat(position(lowered)).as(device).isEqualTo(5);
            assertThat(SystemMessageKeys.field(device)).isEqualTo(lowered);
        }
    }

    @Test
    void ofMoreDevicesThanAUserCanHaveTheOneFarthestBehindIsForgotten() {
        await(messages.confirm(user, "farthest behind", 1));
        for (int i = 1; i < ConfirmScript.MAX_DEVICES; i++) {
            await(messages.confirm(user, "device " + i, 1_000 - i));
        }
        assertThat(position("farthest behind")).isEqualTo(1);

        await(messages.confirm(user, "one more", 7));

        assertThat(position("farthest behind")).isZero();
        assertThat(position("one more")).isEqualTo(7);
        assertThat(position("device 1")).isEqualTo(999);
        assertThat(devices()).isEqualTo(ConfirmScript.MAX_DEVICES);
    }

    private SystemMessages messages(int maxStored, Duration lifetime, Instant time) {
        return new RedisSystemMessages(
                redis(),
                Live.of(new SystemMessageSettings(maxStored, lifetime, Duration.ZERO)),
                new SystemMessageMeters(meters),
                Clock.fixed(time, ZoneOffset.UTC));
    }

    private void store(SystemMessages by, int type, String content) {
        try (RedisBatch batch = redis().newBatch()) {
            by.store(batch, List.of(user), type, content);
            batch.execute();
        }
    }

    private void acknowledge(int type) {
        try (RedisBatch batch = redis().newBatch()) {
            messages.acknowledge(batch, user, type);
            batch.execute();
        }
    }

    private Map<Integer, Long> unread() {
        try (RedisBatch batch = redis().newBatch()) {
            var unread = messages.unread(batch, user);
            batch.execute();
            return unread.toCompletableFuture().getNow(null);
        }
    }

    private List<StoredSystemMessage> after(long msgId) {
        return await(messages.after(user, msgId, ALL));
    }

    private long position(String device) {
        return await(messages.position(user, device));
    }

    private long kept() {
        return await(redis().send(commands -> commands.xlen(keys().messages())));
    }

    private long devices() {
        return await(redis().send(commands -> commands.hlen(keys().positions())));
    }

    private SystemMessageKeys keys() {
        return SystemMessageKeys.of(user);
    }

    private double counted(String meter) {
        return meters.get(meter).counter().count();
    }

    private double dropped(String cause) {
        return meters.get(SystemMessageMeters.DROPPED)
                .tag("cause", cause)
                .counter()
                .count();
    }

    private static void assertRising(List<StoredSystemMessage> stored) {
        assertThat(stored.stream().map(StoredSystemMessage::msgId).toList())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
