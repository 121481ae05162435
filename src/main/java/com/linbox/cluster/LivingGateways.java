package com.linbox.cluster;

/** What this process knows of the gateways, without asking anybody: safe to call for every message. Thread-safe. */
public interface LivingGateways {

    /**
     * Whether the gateway was seen and has ended since. A gateway never seen is not gone: it may have started a moment
     * ago. While ZooKeeper is away, what was known last holds.
     */
    boolean isGone(String gatewayId);
}
