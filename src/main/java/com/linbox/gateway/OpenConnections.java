package com.linbox.gateway;

import com.linbox.credential.ClientNetwork;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How many connections are open, in total and from each address. Thread-safe. */
final class OpenConnections {

    private final Supplier<LimitSettings> limits;
    private final AtomicInteger total = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byNetwork = new ConcurrentHashMap<>();

    OpenConnections(Supplier<LimitSettings> limits) {
        this.limits = limits;
    }

    /** Counts a connection. Returns false where it is one too many; it is counted all the same, until it {@link #left}. */
    boolean entered() {
        int limit = limits.get().connections();
        return total.incrementAndGet() <= limit || limit == 0;
    }

    void left() {
        total.decrementAndGet();
    }

    /** The same for an address, as soon as it is known. */
    boolean entered(InetAddress address) {
        int limit = limits.get().connectionsPerAddress();
        return byNetwork.merge(ClientNetwork.of(address), 1, Integer::sum) <= limit || limit == 0;
    }

    void left(InetAddress address) {
        byNetwork.computeIfPresent(ClientNetwork.of(address), (network, count) -> count == 1 ? null : count - 1);
    }
}
