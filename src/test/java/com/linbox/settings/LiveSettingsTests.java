package com.linbox.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.health.contributor.Health;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

class LiveSettingsTests {

    private static final String FROM = "a test";
    private static final String LOGGER = "com.linbox.settings.a.logger.of.this.test";

    private final Map<String, Object> atStart = new HashMap<>();
    private LiveSettings settings = newSettings();

    @ConfigurationProperties("linbox.tap")
    record TapSettings(
            @ChangesWhileRunning @DefaultValue("50") @Min(1) @Max(1_000)
            int perSecond,

            @ChangesWhileRunning @DefaultValue("100") int burst,
            @ChangesWhileRunning @DefaultValue("60s") Duration idleTimeout,
            @DefaultValue("9502") int port) {

        TapSettings {
            if (burst < perSecond) {
                throw new IllegalArgumentException("burst: " + burst + " (expected: >= per-second)");
            }
        }
    }

    private LiveSettings newSettings() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("files", atStart));
        return new LiveSettings(
                environment,
                new SpringValidatorAdapter(
                        Validation.buildDefaultValidatorFactory().getValidator()));
    }

    @AfterEach
    void giveTheLoggerBack() {
        settings.withdraw("logging.level." + LOGGER);
    }

    @Test
    void aRecordBeginsWithWhatLinboxWasStartedWith() {
        atStart.put("linbox.tap.burst", "70");

        assertThat(settings.of(TapSettings.class).get())
                .isEqualTo(new TapSettings(50, 70, Duration.ofSeconds(60), 9502));
    }

    @Test
    void aWrongSettingAtTheStartStopsIt() {
        atStart.put("linbox.tap.per-second", "0");

        assertThatThrownBy(() -> settings.of(TapSettings.class)).isInstanceOf(BindException.class);
    }

    @Test
    void whatWouldBeRefusedIsToldBeforeInTheSameWordsAndChangesNothing() {
        Live<TapSettings> live = settings.of(TapSettings.class);
        TapSettings before = live.get();
        Map<String, String> wrong = Map.of(
                "linbox.tap.per-second",
                "1001",
                "linbox.tap.burst",
                "1",
                "linbox.tap.idle-timeout",
                "soon",
                "linbox.tap.port",
                "1",
                "linbox.tap.unheard-of",
                "1",
                "logging.level." + LOGGER,
                "loud");
        wrong.forEach((name, value) -> {
            String refusal = settings.refusalOf(name, value);
            assertThat(live.get()).isEqualTo(before);
            assertThat(settings.refusals()).isEmpty();

            settings.override(name, value, FROM);
            assertThat(settings.refusals()).containsExactly(refusal);
            settings.withdraw(name);
        });
    }

    @Test
    void whatWouldBeTakenIsNotRefusedBeforeEither() {
        Live<TapSettings> live = settings.of(TapSettings.class);
        settings.override("linbox.tap.burst", "500", FROM);

        assertThat(settings.refusalOf("linbox.tap.per-second", "400")).isNull();
        assertThat(settings.refusalOf("linbox.tap.per-second", "600")).contains("burst: 500");
        assertThat(settings.refusalOf("logging.level." + LOGGER, "debug")).isNull();
        assertThat(settings.refusalOf("linbox.nobody.has-it", "1")).contains("nothing in this process");
        assertThat(live.get().perSecond()).isEqualTo(50);
    }

    @Test
    void anOverrideIsSeenAtTheNextUseAndGoneWhenWithdrawn() {
        Live<TapSettings> live = settings.of(TapSettings.class);

        settings.override("linbox.tap.idle-timeout", "5s", FROM);
        assertThat(live.get().idleTimeout()).isEqualTo(Duration.ofSeconds(5));

        settings.withdraw("linbox.tap.idle-timeout");
        assertThat(live.get().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(state("linbox.tap.idle-timeout").origin()).isEqualTo("default");
    }

    @Test
    void anOverrideFromBeforeARecordWasAskedForIsNotLost() {
        settings.override("linbox.tap.burst", "200", FROM);

        assertThat(settings.of(TapSettings.class).get().burst()).isEqualTo(200);
    }

    @Test
    void aWrongValueIsToldAndTheLastGoodOneStays() {
        atStart.put("linbox.tap.burst", "2000");
        Live<TapSettings> live = settings.of(TapSettings.class);
        settings.override("linbox.tap.per-second", "80", FROM);

        settings.override("linbox.tap.per-second", "1001", FROM);

        assertThat(live.get().perSecond()).isEqualTo(80);
        assertThat(settings.refusals())
                .singleElement()
                .asString()
                .contains("linbox.tap.per-second=1001", "must be less than or equal to 1000");
        assertThat(state("linbox.tap.per-second")).satisfies(state -> {
            assertThat(state.value()).isEqualTo("80");
            assertThat(state.refusal()).contains("1001");
        });
        Health health = new SettingsHealthIndicator(settings).health();
        assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(health.getDetails().toString()).contains("1001");

        settings.override("linbox.tap.per-second", "90", FROM);

        assertThat(live.get().perSecond()).isEqualTo(90);
        assertThat(new SettingsHealthIndicator(settings).health().getStatus().getCode())
                .isEqualTo("UP");
    }

    @Test
    void aTextThatIsNoValueOfItsTypeIsRefused() {
        Live<TapSettings> live = settings.of(TapSettings.class);

        settings.override("linbox.tap.idle-timeout", "soon", FROM);

        assertThat(live.get().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.refusals()).singleElement().asString().contains("linbox.tap.idle-timeout=soon");
    }

    @Test
    void settingsThatBelongTogetherMayComeInAnyOrder() {
        Live<TapSettings> live = settings.of(TapSettings.class);

        // Too many for the burst of 100, until that has come too.
        settings.override("linbox.tap.per-second", "500", FROM);
        assertThat(live.get().perSecond()).isEqualTo(50);
        settings.override("linbox.tap.burst", "600", FROM);

        assertThat(live.get()).isEqualTo(new TapSettings(500, 600, Duration.ofSeconds(60), 9502));
        assertThat(settings.refusals()).isEmpty();

        // Without it the other one cannot stay either.
        settings.withdraw("linbox.tap.burst");

        assertThat(live.get()).isEqualTo(new TapSettings(50, 100, Duration.ofSeconds(60), 9502));
        assertThat(settings.refusals()).singleElement().asString().contains("linbox.tap.per-second=500");
    }

    @Test
    void aSettingThatCannotChangeOrDoesNotExistIsRefused() {
        Live<TapSettings> live = settings.of(TapSettings.class);

        settings.override("linbox.tap.port", "1", FROM);
        settings.override("linbox.tap.bursst", "1000", FROM);

        assertThat(live.get().port()).isEqualTo(9502);
        assertThat(settings.refusals()).hasSize(2).allSatisfy(refusal -> assertThat(refusal)
                .contains("cannot change while LINBOX runs", "linbox.tap.burst"));
    }

    @Test
    void aSettingOfAnotherRoleIsLeftAlone() {
        settings.of(TapSettings.class);

        settings.override("linbox.elsewhere.burst", "1000", FROM);

        assertThat(settings.refusals()).isEmpty();
        assertThat(state("linbox.elsewhere.burst").used()).isFalse();
    }

    @Test
    void everySettingIsShownWithItsValueAndWhereThatCameFrom() {
        atStart.put("linbox.tap.burst", "70");
        settings.of(TapSettings.class);
        settings.override("linbox.tap.idle-timeout", "5s", FROM);

        assertThat(new SettingsEndpoint(settings).settings().settings())
                .extracting(LiveSettings.State::name, LiveSettings.State::value, state -> state.origin()
                        .replaceAll(".*files.*", "files"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("linbox.tap.per-second", "50", "default"),
                        org.assertj.core.groups.Tuple.tuple("linbox.tap.burst", "70", "files"),
                        org.assertj.core.groups.Tuple.tuple("linbox.tap.idle-timeout", "PT5S", FROM));
    }

    @Test
    void aLogLevelChangesAndComesBack() {
        assertThat(LoggerFactory.getLogger(LOGGER).isTraceEnabled()).isFalse();

        settings.override("logging.level." + LOGGER, "trace", FROM);
        assertThat(LoggerFactory.getLogger(LOGGER).isTraceEnabled()).isTrue();

        settings.override("logging.level." + LOGGER, "loud", FROM);
        assertThat(LoggerFactory.getLogger(LOGGER).isTraceEnabled()).isTrue();
        assertThat(settings.refusals()).singleElement().asString().contains("loud", "trace");

        settings.withdraw("logging.level." + LOGGER);
        assertThat(LoggerFactory.getLogger(LOGGER).isTraceEnabled()).isFalse();
        assertThat(settings.refusals()).isEmpty();
    }

    private LiveSettings.State state(String name) {
        return settings.states().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
