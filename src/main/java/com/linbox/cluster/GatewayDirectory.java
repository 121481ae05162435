package com.linbox.cluster;

import java.util.List;

/** The gateways there are. Thread-safe. */
public interface GatewayDirectory {

    /**
     * All living gateways, the least loaded first, without asking anybody. While ZooKeeper is away, what was known last
     * holds.
     */
    List<Gateway> all();

    /** Those of them that clients can be sent to: all but those that are about to stop. */
    default List<Gateway> open() {
        return all().stream().filter(gateway -> !gateway.leaving()).toList();
    }
}
