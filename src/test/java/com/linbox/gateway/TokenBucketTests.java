package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTests {

    private static final int RATE = 50;
    private static final int SIZE = 100;

    /** {@code System.nanoTime()} may begin anywhere and pass from the largest number to the smallest. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_007, Long.MAX_VALUE - 500_000_000, Long.MIN_VALUE, -3})
    void itGivesItsSizeAtOnceAndThenTheRate(long start) {
        TokenBucket bucket = new TokenBucket(start);
        assertThat(taken(bucket, start, 1_000)).isEqualTo(SIZE);
        long secondLater = start + TimeUnit.SECONDS.toNanos(1);
        assertThat(taken(bucket, secondLater, 1_000)).isEqualTo(RATE);
        long muchLater = secondLater + TimeUnit.HOURS.toNanos(1);
        assertThat(taken(bucket, muchLater, 1_000))
                .as("never more than its size")
                .isEqualTo(SIZE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 500_000_000})
    void itIsFullAgainWhenAllIsMadeUpFor(long start) {
        TokenBucket bucket = new TokenBucket(start);
        assertThat(bucket.isFull(start)).isTrue();
        assertThat(taken(bucket, start, SIZE)).isEqualTo(SIZE);
        assertThat(bucket.isFull(start + TimeUnit.MILLISECONDS.toNanos(1_999))).isFalse();
        assertThat(bucket.isFull(start + TimeUnit.MILLISECONDS.toNanos(2_000))).isTrue();
    }

    @Test
    void severalTokensAreTakenTogetherOrNotAtAll() {
        TokenBucket bucket = new TokenBucket(0);

        assertThat(bucket.tryTake(0, RATE, SIZE, SIZE + 1)).isFalse();
        assertThat(bucket.tryTake(0, RATE, SIZE, SIZE - 1)).isTrue();
        assertThat(bucket.tryTake(0, RATE, SIZE, 2)).isFalse();
        assertThat(bucket.tryTake(0, RATE, SIZE, 1)).isTrue();
        assertThat(bucket.tryTake(0, RATE, SIZE, 1)).isFalse();
    }

    private static int taken(TokenBucket bucket, long now, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += bucket.tryTake(now, RATE, SIZE) ? 1 : 0;
        }
        return taken;
    }
}
