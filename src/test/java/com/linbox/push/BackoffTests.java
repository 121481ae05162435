package com.linbox.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTests {

    @Test
    void itDoublesUpToItsBoundAndBeginsAnewAfterASuccess() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), () -> 1);
        long now = 1_000_000;
        assertThat(backoff.isOver(0)).isTrue();
        for (long expected : new long[] {1_000, 2_000, 4_000, 5_000, 5_000}) {
            backoff.failed(now);
            assertThat(backoff.isOver(now + expected - 1)).isFalse();
            assertThat(backoff.isOver(now + expected)).isTrue();
        }
        backoff.succeeded();
        assertThat(backoff.isOver(now)).isTrue();
        backoff.failed(now);
        assertThat(backoff.isOver(now + 1_000)).isTrue();
    }

    @Test
    void chanceTakesUpToHalfOfIt() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), () -> 0);
        backoff.failed(0);
        assertThat(backoff.isOver(499)).isFalse();
        assertThat(backoff.isOver(500)).isTrue();
    }

    @Test
    void anyNumberOfFailuresStaysWithinTheBound() {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofHours(1), () -> 1);
        for (int i = 0; i < 100; i++) {
            backoff.failed(0);
        }
        assertThat(backoff.isOver(3_599_999)).isFalse();
        assertThat(backoff.isOver(3_600_000)).isTrue();
    }
}
