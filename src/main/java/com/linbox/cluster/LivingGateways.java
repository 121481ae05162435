package com.linbox.cluster;

/** What this process knows of the gateways, without asking anybody: safe to call for every message. Thread-safe. */
public interface LivingGateways {

    /**
     * Whether the gateway has ended. While ZooKeeper is away, what was known last holds.
     *
     * @param knownSince from when the gateway is known to whoever asks, in milliseconds since the epoch: one that is not
     *     in ZooKeeper and has not been seen there either may have started a moment ago, and is gone if that was longer ago
     */
    boolean isGone(String gatewayId, long knownSince);
}
