package com.linbox.cluster;

/** What this process knows of the gateways, without asking anybody: safe to call for every message. Thread-safe. */
public interface LivingGateways {

    /** The registration of a gateway of which it is not known. */
    long UNREGISTERED = 0;

    /**
     * Whether the gateway has ended. While ZooKeeper is away, what was known last holds. A gateway may come back, by another
     * registration; whoever has not heard of that yet does not take the new one for gone.
     *
     * @param registration of the gateway, as {@link GatewayRegistry#registration()} told it, or {@link #UNREGISTERED}
     * @param knownSince where the registration is not known: from when the gateway is known to whoever asks, in milliseconds since
     *     the epoch. One that is not in ZooKeeper and has not been seen there either may have started a moment ago, and is gone if
     *     that was longer ago
     */
    boolean isGone(String gatewayId, long registration, long knownSince);
}
