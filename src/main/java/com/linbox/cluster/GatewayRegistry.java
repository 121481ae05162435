package com.linbox.cluster;

/** Where a gateway announces itself. */
public interface GatewayRegistry {

    /**
     * Announces a gateway for as long as this process lives and reaches ZooKeeper, or tells of a new load of the one that
     * was announced. Returns at once: where ZooKeeper is away, the gateway is announced when it comes back.
     */
    void announce(Gateway gateway);

    /** Takes the announcement back; a load of this gateway that is told later is not. */
    void withdraw();
}
