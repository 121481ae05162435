package com.linbox.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.linbox.console.Samples.Cause;
import com.linbox.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SamplesTests {

    private static final long BEGIN = 1_800_000_000_000L;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter stored = registry.counter("linbox.store.messages", "outcome", "stored");
    private final Timer answers =
            Latency.ofUsers("linbox.gateway.send.to.answer").register(registry);
    private final AtomicInteger connections = registry.gauge("linbox.gateway.connections.open", new AtomicInteger());
    private final Samples samples = new Samples(registry);
    private long now = BEGIN;

    private void take() {
        samples.take(now);
        now += Samples.PERIOD.toMillis();
    }

    private List<@Nullable Float> series(String name) {
        return samples.after(0).series().get(name);
    }

    @Test
    void countersBecomeRatesOfTheTimeThatHasReallyPassed() {
        stored.increment(1_000);
        take();
        stored.increment(50);
        take();
        now += 5_000;
        stored.increment(50);
        take();

        assertThat(series("messages.stored")).containsExactly(null, 10f, 5f);
    }

    @Test
    void gaugesAreTakenAsTheyAreAndWhatTheProcessHasNotIsUnknown() {
        connections.set(7);
        take();

        assertThat(series("connections.open")).containsExactly(7f);
        assertThat(series("lag.send")).containsExactly((Float) null);
    }

    @Test
    void metersThatComeLaterAreFound() {
        take();
        registry.gauge("linbox.outbox.depth", 3);
        take();

        assertThat(series("outbox.depth")).containsExactly(null, 3f);
    }

    @Test
    void percentilesAreThoseSinceTheLastSampleAsPrometheusWorksThemOut() {
        answers.record(Duration.ofSeconds(8));
        take();
        for (int i = 0; i < 98; i++) {
            answers.record(Duration.ofMillis(7));
        }
        answers.record(Duration.ofMillis(150));
        answers.record(Duration.ofMillis(150));
        take();
        take();

        // 50 of 98 on the way from 5 to 10 ms; 1 of 2 on the way from 100 to 200 ms.
        assertThat(series("answer.p50").get(1)).isCloseTo(0.005f + 0.005f * 50 / 98, within(1e-5f));
        assertThat(series("answer.p99").get(1)).isCloseTo(0.150f, within(1e-5f));
        assertThat(series("answer.p50").get(2)).isNull();
    }

    @Test
    void whatIsSlowerThanTheLastBoundaryCountsAsThat() {
        take();
        answers.record(Duration.ofMinutes(2));
        take();

        assertThat(series("answer.p99").get(1)).isEqualTo(30f);
    }

    @Test
    void refusalsAreSummedUpByCause() {
        Counter refused = registry.counter("linbox.gateway.sign.ins", "outcome", "refused");
        Counter accepted = registry.counter("linbox.gateway.sign.ins", "outcome", "accepted");
        refused.increment(2);
        take();
        accepted.increment(9);
        refused.increment(5);
        take();
        int lately = (int) (Samples.LATELY.toSeconds() / Samples.PERIOD.toSeconds());
        for (int i = 0; i < lately; i++) {
            take();
        }
        refused.increment();
        take();

        assertThat(samples.causes()).containsExactly(new Cause("linbox.gateway.sign.ins", "refused", 1, 6, 8));
    }

    @Test
    void whoeverLooksOnIsGivenOnlyWhatIsNew() {
        take();
        take();
        long seen = samples.after(0).at().get(1);
        take();

        assertThat(samples.after(seen).at()).containsExactly(seen + Samples.PERIOD.toMillis());
        assertThat(samples.after(seen).series().get("connections.open")).hasSize(1);
        assertThat(samples.after(now).at()).isEmpty();
    }

    @Test
    void anHourIsKeptAndNoMoreHoweverLongItRuns() {
        take();
        int bytes = samples.bytes();
        for (int i = 0; i < 2 * Samples.KEPT; i++) {
            take();
        }

        assertThat(samples.after(0).at()).hasSize(Samples.KEPT).isSorted();
        assertThat(samples.after(0).at().get(0)).isEqualTo(now - Samples.KEPT * Samples.PERIOD.toMillis());
        assertThat(samples.bytes()).isEqualTo(bytes);
    }

    @Test
    void theMemoryIsBoundedHoweverManyCausesThereAre() {
        for (int i = 0; i < 1_000; i++) {
            registry.counter("linbox.gateway.connections.closed", "cause", "cause-" + i);
        }
        take();

        assertThat(samples.causes()).hasSize(300);
        assertThat(samples.bytes()).isLessThan(1_000_000);
    }
}
