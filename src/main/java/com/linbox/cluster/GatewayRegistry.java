package com.linbox.cluster;

/** Where a gateway announces itself. */
public interface GatewayRegistry {

    /**
     * Announces a gateway for as long as this process lives and reaches ZooKeeper. Returns at once: where ZooKeeper is
     * away, the gateway is announced when it comes back.
     *
     * @param id never used before
     * @param host the address that clients connect to
     */
    void announce(String id, String host, int port);

    /** Takes the announcement back. */
    void withdraw();
}
