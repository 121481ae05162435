package com.linbox.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens promise, whatever Redis they are kept in. */
abstract class TokensContract {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private RedisTokens tokens;

    /** A user of this test, unknown to all others. */
    private final long user = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 61);

    abstract RedisConnections redis();

    @BeforeEach
    void newTokens() {
        tokens = at(Duration.ZERO);
    }

    @Test
    void anIssuedTokenLetsItsUserInFromAnyDeviceUntilItExpires() {
        Credential credential = issue(null, HOUR);

        assertThat(credential.expiresAt()).isEqualTo(start.plus(HOUR));
        assertThat(check(user, credential.token(), "iphone")).isEqualTo(Verdict.ADMITTED);
        assertThat(check(user, credential.token(), "")).isEqualTo(Verdict.ADMITTED);
        assertThat(await(at(HOUR.minusMillis(1)).check(user, credential.token(), "")))
                .isEqualTo(Verdict.ADMITTED);
        assertThat(await(at(HOUR).check(user, credential.token(), ""))).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void aTokenIs256RandomBitsOfWhichOnlyTheHashIsKept() throws Exception {
        String token = issue(null, HOUR).token();

        assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);
        assertThat(issue(null, HOUR).token()).isNotEqualTo(token);
        String hash = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        assertThat(stored()).hasSize(2).containsKey(hash);
        assertThat(stored().toString()).doesNotContain(token);
        assertThat(stored().get(hash)).isEqualTo(Long.toString(start.plus(HOUR).toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iphone", "Anna's iPhone 📱 12", " ", "a b"})
    void aTokenForADeviceLetsNoOtherIn(String device) {
        String token = issue(device, HOUR).token();

        assertThat(check(user, token, device)).isEqualTo(Verdict.ADMITTED);
        assertThat(check(user, token, device + "2")).isEqualTo(Verdict.OTHER_DEVICE);
        assertThat(check(user, token, "")).isEqualTo(Verdict.OTHER_DEVICE);
    }

    @Test
    void aTokenForTheEmptyDeviceIsForAnyAsOnTheWire() {
        assertThat(check(user, issue("", HOUR).token(), "iphone")).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void nobodyElsesAndNoMadeUpTokenLetsAUserIn() {
        String token = issue(null, HOUR).token();

        assertThat(check(user + 1, token, "")).isEqualTo(Verdict.UNKNOWN_TOKEN);
        assertThat(check(user, token.substring(1), "")).isEqualTo(Verdict.UNKNOWN_TOKEN);
        assertThat(check(user, StoredToken.field(token), "")).isEqualTo(Verdict.UNKNOWN_TOKEN);
        assertThat(check(user, "päin 📱", "")).isEqualTo(Verdict.UNKNOWN_TOKEN);
        assertThat(check(user, "", "")).isEqualTo(Verdict.NO_TOKEN);
    }

    @Test
    void aRevokedTokenIsUnknownAndTheOthersStay() {
        String kept = issue(null, HOUR).token();
        String revoked = issue("web", HOUR).token();

        assertThat(await(tokens.revoke(user, revoked))).isTrue();

        assertThat(check(user, revoked, "web")).isEqualTo(Verdict.UNKNOWN_TOKEN);
        assertThat(check(user, kept, "")).isEqualTo(Verdict.ADMITTED);
        assertThat(await(tokens.revoke(user, revoked))).isFalse();
        assertThat(counted(CredentialMeters.REVOKED)).isEqualTo(1);
        assertThat(counted(CredentialMeters.ISSUED)).isEqualTo(2);
    }

    @Test
    void anExpiredTokenCannotBeRevoked() {
        String token = issue(null, HOUR).token();

        assertThat(await(at(HOUR).revoke(user, token))).isFalse();
    }

    @Test
    void allTokensOfAUserAreRevokedTogetherAndOnlyValidOnesCount() {
        List<String> issued = new ArrayList<>();
        issued.add(issue(null, HOUR).token());
        issued.add(issue("web", HOUR).token());
        issue(null, Duration.ofMinutes(1));

        assertThat(await(at(Duration.ofMinutes(2)).revokeAll(user))).isEqualTo(2);

        assertThat(stored()).isEmpty();
        issued.forEach(token -> assertThat(check(user, token, "web")).isEqualTo(Verdict.UNKNOWN_TOKEN));
        assertThat(await(tokens.revokeAll(user))).isZero();
    }

    @Test
    void ofTooManyTheOneThatExpiresFirstGoes() {
        String first = issue(null, HOUR.minusMillis(1)).token();
        String longer = issue(null, HOUR.plusMillis(1)).token();
        for (int i = 2; i < RedisTokens.MOST_TOKENS; i++) {
            issue(null, HOUR);
        }
        assertThat(check(user, first, "")).isEqualTo(Verdict.ADMITTED);

        String newest = issue(null, Duration.ofMinutes(1)).token();

        assertThat(stored()).hasSize(RedisTokens.MOST_TOKENS);
        assertThat(check(user, first, "")).isEqualTo(Verdict.UNKNOWN_TOKEN);
        assertThat(check(user, longer, "")).isEqualTo(Verdict.ADMITTED);
        assertThat(check(user, newest, "")).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void expiredTokensMakeRoomFirst() {
        String valid = issue(null, HOUR).token();
        issue(null, Duration.ofMinutes(1));

        await(at(Duration.ofMinutes(2)).issue(user, null, HOUR));

        assertThat(stored()).hasSize(2);
        assertThat(check(user, valid, "")).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void theHashIsGoneWhenItsLastTokenHasExpired() {
        issue(null, HOUR);
        issue(null, Duration.ofMinutes(1));

        assertThat(Duration.ofMillis(await(redis().send(commands -> commands.pttl(StoredToken.key(user))))))
                .isBetween(HOUR.minusMinutes(1), HOUR);
    }

    @Test
    void argumentsOutOfRangeAreRefusedWithTheirNames() {
        assertThatThrownBy(() -> tokens.issue(0, null, HOUR)).hasMessageContaining("userId: 0");
        assertThatThrownBy(() -> tokens.issue(user, null, Duration.ZERO)).hasMessageContaining("lifetime: PT0S");
        assertThatThrownBy(() -> tokens.issue(user, null, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lifetime: ");
        assertThatThrownBy(() -> tokens.issue(user, "x".repeat(65), HOUR)).hasMessageContaining("device: 65");
    }

    @Test
    void neitherTokenNorHashIsShown() {
        Credential credential = issue("web", HOUR);

        assertThat(credential.toString()).contains(Long.toString(user), "web").doesNotContain(credential.token());
    }

    private RedisTokens at(Duration later) {
        return new RedisTokens(redis(), new CredentialMeters(registry), Clock.fixed(start.plus(later), ZoneOffset.UTC));
    }

    private Credential issue(String device, Duration lifetime) {
        return await(tokens.issue(user, device, lifetime));
    }

    private Verdict check(long userId, String token, String device) {
        return await(tokens.check(userId, token, device));
    }

    private Map<String, String> stored() {
        Map<String, String> texts = new HashMap<>();
        await(redis().send(commands -> commands.hgetall(StoredToken.key(user))))
                .forEach((field, value) -> texts.put(field, LuaScript.text(value)));
        return texts;
    }

    private double counted(String meter) {
        return registry.get(meter).counter().count();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
