package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInThrottleTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** Begins shortly before the clock turns negative, as it may. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private final SignInThrottle throttle = throttle(10);
    private final InetAddress address = address("192.0.2.1");

    @Test
    void nineRefusalsAreForgivenAndTheTenthDelaysTheNextSignIn() {
        refuse(9);
        assertThat(throttle.delayMillis(address)).isZero();

        refuse(1);

        assertThat(throttle.delayMillis(address)).isEqualTo(100);
    }

    @Test
    void theDelayDoublesWithEachFurtherRefusalUpToTheLongest() {
        refuse(10);
        for (long expected : new long[] {100, 200, 400, 800, 1_600, 3_000, 3_000}) {
            assertThat(throttle.delayMillis(address)).isEqualTo(expected);
            refuse(1);
        }
        refuse(100_000);
        assertThat(throttle.delayMillis(address)).isEqualTo(LONGEST.toMillis());
    }

    @Test
    void aRefusalCountsForAMinute() {
        refuse(5);
        pass(MINUTE.dividedBy(2));
        refuse(5);
        pass(MINUTE.dividedBy(2).minusNanos(1));
        assertThat(throttle.delayMillis(address)).isEqualTo(100);

        pass(Duration.ofNanos(1));
        assertThat(throttle.delayMillis(address)).isZero();
        refuse(5);
        assertThat(throttle.delayMillis(address)).isEqualTo(100);

        pass(MINUTE);
        assertThat(throttle.delayMillis(address)).isZero();
    }

    @Test
    void tenRefusalsSpreadOverMoreThanAMinuteAreForgiven() {
        for (int i = 0; i < 100; i++) {
            refuse(1);
            pass(Duration.ofSeconds(7));
            assertThat(throttle.delayMillis(address)).isZero();
        }
    }

    @Test
    void otherAddressesAreNotSlowedDown() {
        refuse(100);

        assertThat(throttle.delayMillis(address("192.0.2.2"))).isZero();
        assertThat(throttle.delayMillis(null)).isZero();
    }

    @Test
    void addressesOfOneIpv6SubscriberCountTogether() {
        for (int i = 0; i < 10; i++) {
            throttle.refused(address("2001:db8:1:2::" + i));
        }

        assertThat(throttle.delayMillis(address("2001:db8:1:2:ffff::1"))).isEqualTo(100);
        assertThat(throttle.delayMillis(address("2001:db8:1:3::1"))).isZero();
    }

    @Test
    void onlySoManyAddressesAreRememberedThoseHeardOfLast() {
        refuse(10);
        for (int i = 0; i < 2 * SignInThrottle.MOST_ADDRESSES; i++) {
            throttle.refused(address("10.1." + i / 256 + "." + i % 256));
            if (i % 1_000 == 0) {
                assertThat(throttle.delayMillis(address)).isEqualTo(100);
            }
        }

        assertThat(throttle.addresses()).isEqualTo(SignInThrottle.MOST_ADDRESSES);
        assertThat(throttle.delayMillis(address)).isEqualTo(100);
    }

    @Test
    void zeroFailuresSwitchItOff() {
        SignInThrottle off = throttle(0);
        for (int i = 0; i < 100; i++) {
            off.refused(address);
        }

        assertThat(off.delayMillis(address)).isZero();
        assertThat(off.addresses()).isZero();
    }

    private SignInThrottle throttle(int failures) {
        return new SignInThrottle(new SignInThrottleSettings(failures, MINUTE), LONGEST, now::get);
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            throttle.refused(address);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
