package com.linbox.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.annotation.UserConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Who gets in, and for how long. */
class ConsoleDoorTests {

    private static final Duration LIFETIME = Duration.ofHours(12);

    private Instant now = Instant.ofEpochMilli(1_800_000_000_000L);
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final ConsoleSessions sessions = new ConsoleSessions(LIFETIME, clock, new SecureRandom());
    private final SignInBrake brake = new SignInBrake(clock);

    @Test
    void aSessionIsKnownByItsTokenUntilItsLifetimeIsOver() {
        String token = sessions.begin();
        String name = sessions.nameOf(token);

        assertThat(token).hasSize(43);
        assertThat(name).hasSize(12);
        assertThat(token).doesNotContain(name);
        assertThat(sessions.nameOf(token + "x")).isNull();

        now = now.plus(LIFETIME).minusMillis(1);
        assertThat(sessions.nameOf(token)).isEqualTo(name);
        now = now.plusMillis(1);
        assertThat(sessions.nameOf(token)).isNull();
    }

    @Test
    void aSessionThatWasEndedIsOver() {
        String token = sessions.begin();
        sessions.end(token);

        assertThat(sessions.nameOf(token)).isNull();
    }

    @Test
    void ofTooManySessionsTheOldestEnds() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i <= ConsoleSessions.MOST; i++) {
            tokens.add(sessions.begin());
        }

        assertThat(sessions.size()).isEqualTo(ConsoleSessions.MOST);
        assertThat(sessions.nameOf(tokens.get(0))).isNull();
        assertThat(tokens.subList(1, tokens.size()))
                .allSatisfy(token -> assertThat(sessions.nameOf(token)).isNotNull());
    }

    @Test
    void anAddressThatGuessesIsNotListenedToForAMinuteAndOthersAre() {
        for (int i = 0; i < SignInBrake.FAILURES; i++) {
            assertThat(brake.secondsLeft(address("192.0.2.1"))).isZero();
            brake.failed(address("192.0.2.1"));
        }

        assertThat(brake.secondsLeft(address("192.0.2.1"))).isEqualTo(60);
        assertThat(brake.secondsLeft(address("192.0.2.2"))).isZero();
        now = now.plusSeconds(59);
        assertThat(brake.secondsLeft(address("192.0.2.1"))).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(brake.secondsLeft(address("192.0.2.1"))).isZero();
        brake.failed(address("192.0.2.1"));
        assertThat(brake.secondsLeft(address("192.0.2.1"))).isEqualTo(60);
    }

    @Test
    void oneWhoHasANetworkOfIpv6IsOneAddress() {
        for (int i = 0; i < SignInBrake.FAILURES; i++) {
            brake.failed(address("2001:db8:0:1::" + i));
        }

        assertThat(brake.secondsLeft(address("2001:db8:0:1::ffff"))).isEqualTo(60);
        assertThat(brake.secondsLeft(address("2001:db8:0:2::1"))).isZero();
    }

    @Test
    void theRightSecretMakesUpForWrongOnesBefore() {
        for (int i = 1; i < SignInBrake.FAILURES; i++) {
            brake.failed(address("192.0.2.1"));
        }
        brake.succeeded(address("192.0.2.1"));
        brake.failed(address("192.0.2.1"));

        assertThat(brake.secondsLeft(address("192.0.2.1"))).isZero();
    }

    @Test
    void howManyAddressesAreRememberedIsBounded() {
        for (int i = 0; i < 2 * SignInBrake.MOST_ADDRESSES; i++) {
            brake.failed(address("10.0." + i / 256 + "." + i % 256));
        }

        assertThat(brake.addresses()).isEqualTo(SignInBrake.MOST_ADDRESSES);
    }

    @Test
    void aSecretThatIsTooShortIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> new ConsoleSettings("hunter2hunter2!", LIFETIME))
                .hasMessage("secret: 15 characters (expected: 16..256)");
        assertThat(new ConsoleSettings("hunter2hunter2hunter2", LIFETIME).toString())
                .doesNotContain("hunter2");
        assertThat(new ConsoleEndpoint("/console", "hunter2hunter2hunter2").toString())
                .doesNotContain("hunter2");
    }

    @Test
    void onlyTheWholeSecretIsTheSecret() {
        String random = ConsoleSecret.random(new SecureRandom());
        ConsoleSecret secret = new ConsoleSecret(random);

        assertThat(random).hasSize(20);
        assertThat(secret.is(random)).isTrue();
        assertThat(secret.is(random.substring(1))).isFalse();
        assertThat(secret.is(random + " ")).isFalse();
        assertThat(secret.is("")).isFalse();
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(ConsoleWanted.class)
    static class Wanted {

        @Bean
        String wanted() {
            return "wanted";
        }
    }

    @Test
    void standaloneHasTheConsoleAndARoleOnlyWithASecret() {
        ApplicationContextRunner process =
                new ApplicationContextRunner().withConfiguration(UserConfigurations.of(Wanted.class));

        process.withPropertyValues("spring.profiles.active=standalone")
                .run(context -> assertThat(context).hasBean("wanted"));
        process.withPropertyValues("spring.profiles.active=gateway")
                .run(context -> assertThat(context).doesNotHaveBean("wanted"));
        process.withPropertyValues("spring.profiles.active=gateway", "linbox.console.secret=")
                .run(context -> assertThat(context).doesNotHaveBean("wanted"));
        process.withPropertyValues("spring.profiles.active=gateway", "linbox.console.secret=0123456789abcdef")
                .run(context -> assertThat(context).hasBean("wanted"));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
