package com.linbox.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.testing.JsonWebTokens;
import com.linbox.testing.JsonWebTokens.JwksServer;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwksUrlTests {

    private static final PublicKey KEY = JsonWebTokens.rsa(2048).getPublic();
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private JwksServer server;
    private JwksUrl keys;

    @BeforeEach
    void start() throws Exception {
        server = new JwksServer(JsonWebTokens.jwks("one", KEY));
        JwtClaims claims = new JwtClaims("chat", null, Clock.systemUTC());
        keys = new JwksUrl(
                server.url(),
                set -> new JwtVerifier(set, JwtKeyFiles.ALGORITHMS, claims),
                new CredentialMeters(registry),
                now::get);
    }

    @AfterEach
    void end() {
        keys.close();
        server.close();
    }

    @Test
    void knownKeysAreFetchedOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(knows("one")).isTrue();
        }

        assertThat(server.requests).hasValue(1);
    }

    @Test
    void anUnknownKeyIsLookedForButNotMoreOftenThanTheRateAllows() {
        assertThat(knows("one")).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(knows("two")).isFalse();
        }
        assertThat(server.requests).hasValue(1);
        server.answer = JsonWebTokens.jwks("two", KEY);

        pass(JwksUrl.PAUSE);

        assertThat(knows("two")).isTrue();
        assertThat(knows("one")).as("taken out of the set").isFalse();
        assertThat(server.requests).hasValue(2);
    }

    @Test
    void keysThatAreFreshNoLongerAreFetchedAgainWithoutMakingAnybodyWait() {
        assertThat(knows("one")).isTrue();
        server.answer = JsonWebTokens.jwks("two", KEY);
        pass(JwksUrl.FRESH);

        assertThat(knows("one")).isTrue();

        Awaitility.await().until(() -> !knows("one"));
        assertThat(knows("two")).isTrue();
        assertThat(server.requests).hasValue(2);
    }

    @Test
    void anAlgorithmThatNoKeyServesIsNoReasonToFetch() {
        assertThat(knows("one")).isTrue();
        pass(JwksUrl.PAUSE);

        verifier(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("two").build());

        assertThat(server.requests).hasValue(1);
    }

    @Test
    void whileTheUrlAnswersNonsenseKnownKeysHoldAndUnknownOnesCannotBeJudged() {
        assertThat(knows("one")).isTrue();
        for (String nonsense : new String[] {"", "{}", "<html>", "x".repeat(300_000)}) {
            server.answer = nonsense;
            pass(JwksUrl.PAUSE);
            assertThatThrownBy(() -> knows("two")).hasCauseInstanceOf(KeySetUnavailableException.class);
            assertThat(knows("one")).isTrue();
        }
        assertThat(registry.get(CredentialMeters.JWKS_FAILURES).counter().count())
                .isEqualTo(4);
        server.answer = JsonWebTokens.jwks("two", KEY);

        assertThatThrownBy(() -> knows("two")).as("too soon").hasCauseInstanceOf(KeySetUnavailableException.class);
        pass(JwksUrl.PAUSE_AFTER_FAILURE.plus(MOMENT));
        assertThat(knows("two")).isTrue();
    }

    private boolean knows(String keyId) {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build();
        return verifier(header).hasKeyFor(header);
    }

    private JwtVerifier verifier(JWSHeader header) {
        return keys.verifierFor(header)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
