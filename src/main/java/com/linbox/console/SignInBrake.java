package com.linbox.console;

import com.linbox.credential.ClientNetwork;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps an address from guessing: after some wrong secrets it is not listened to for a while, which begins anew with each further one
 * that it is listened to for; of IPv6 the network of a subscriber counts as one. The addresses that were heard of last are remembered,
 * so that the memory is bounded. Thread-safe.
 */
final class SignInBrake {

    static final int FAILURES = 5;
    static final Duration PAUSE = Duration.ofMinutes(1);
    static final int MOST_ADDRESSES = 1_000;

    private final Clock clock;
    private final Map<InetAddress, Failures> byAddress = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    SignInBrake(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, long last) {}

    /** For how many seconds more the address is not listened to; 0 where it is. */
    synchronized long secondsLeft(InetAddress address) {
        Failures failures = byAddress.get(ClientNetwork.of(address));
        if (failures == null || failures.count() < FAILURES) {
            return 0;
        }
        long left = failures.last() + PAUSE.toMillis() - clock.millis();
        return left <= 0 ? 0 : (left + 999) / 1000;
    }

    synchronized void failed(InetAddress address) {
        long now = clock.millis();
        byAddress.merge(
                ClientNetwork.of(address),
                new Failures(1, now),
                (before, one) -> now - before.last() > PAUSE.toMillis() ? one : new Failures(before.count() + 1, now));
    }

    synchronized void succeeded(InetAddress address) {
        byAddress.remove(ClientNetwork.of(address));
    }

    synchronized int addresses() {
        return byAddress.size();
    }
}
