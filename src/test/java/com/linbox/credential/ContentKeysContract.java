package com.linbox.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dynamic content keys promise, whatever Redis they are kept in. */
abstract class ContentKeysContract {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** A user of this test, unknown to all others. */
    private final long user = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 61);

    abstract RedisConnections redis();

    @Test
    void whoNeverAskedHasNone() {
        assertThat(await(keys(256, HOUR).current(user))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256})
    void aKeyIsBase64OfSoManyRandomBits(int bits) {
        ContentKey key = await(keys(bits, HOUR).obtain(user));

        assertThat(Base64.getDecoder().decode(key.base64())).hasSize(bits / 8);
        assertThat(await(keys(bits, HOUR).obtain(user + 1)).base64()).isNotEqualTo(key.base64());
        assertThat(key.expiresAt())
                .isBetween(
                        Instant.now().plus(HOUR).minusSeconds(60), Instant.now().plus(HOUR));
        assertThat(key.toString()).doesNotContain(key.base64());
    }

    @Test
    void whatWasObtainedIsCurrentOnEveryInstance() {
        ContentKey key = await(keys(256, HOUR).obtain(user));

        assertThat(await(keys(256, HOUR).current(user))).isEqualTo(key);
        assertThat(await(keys(256, HOUR).obtain(user))).isEqualTo(key);
        assertThat(registry.get(CredentialMeters.KEYS_MADE).counter().count()).isEqualTo(1);
    }

    @Test
    void ofManyWhoAskAtTheSameTimeAllAreGivenTheSame() {
        List<RedisContentKeys> instances = List.of(keys(256, HOUR), keys(256, HOUR));

        List<CompletableFuture<ContentKey>> obtained = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> instances.get(i % 2).obtain(user).toCompletableFuture())
                .toList();

        Set<ContentKey> different = new HashSet<>();
        obtained.forEach(key -> different.add(key.join()));
        assertThat(different).hasSize(1);
    }

    @Test
    void aKeyIsGivenAgainWhileHalfOfItsLifetimeIsLeftAndReplacedFromThenOn() {
        ContentKey first = await(keys(256, HOUR).obtain(user));

        // To keys that live for so much longer, an hour left is a little more, or a little less, than the half.
        assertThat(await(keys(256, HOUR.multipliedBy(2).minusMinutes(2)).obtain(user)))
                .isEqualTo(first);
        ContentKey second = await(keys(256, HOUR.multipliedBy(2).plusMinutes(2)).obtain(user));

        assertThat(second.base64()).isNotEqualTo(first.base64());
        assertThat(await(keys(256, HOUR).current(user))).isEqualTo(second);
    }

    @Test
    void anExpiredKeyIsGone() {
        await(keys(256, HOUR).obtain(user));

        Duration left = Duration.ofMillis(await(redis().send(commands -> commands.pttl(StoredContentKey.key(user)))));
        assertThat(left).isBetween(HOUR.minusMinutes(1), HOUR);
        byte[] now = LuaScript.bytes("1 old");
        await(redis().send(commands -> commands.set(StoredContentKey.key(user), now)));

        assertThat(await(keys(256, HOUR).obtain(user)).base64()).isNotEqualTo("old");
    }

    @Test
    void aUserIdThatIsNoneIsRefused() {
        assertThatThrownBy(() -> keys(256, HOUR).obtain(0)).hasMessageContaining("userId: 0");
    }

    private RedisContentKeys keys(int bits, Duration lifetime) {
        var settings = new CredentialSettings(
                CredentialSettings.Mode.TOKEN,
                false,
                new CredentialSettings.Jwt(null, null, null, null, null, null),
                CredentialSettings.KeyMode.DYNAMIC,
                bits,
                lifetime);
        return new RedisContentKeys(redis(), settings, new CredentialMeters(registry));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
