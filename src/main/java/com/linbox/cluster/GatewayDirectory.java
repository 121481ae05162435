package com.linbox.cluster;

import java.util.List;

/** The gateways that clients can be sent to. Thread-safe. */
public interface GatewayDirectory {

    /**
     * All living gateways, the least loaded first, without asking anybody. While ZooKeeper is away, what was known last
     * holds.
     */
    List<Gateway> all();
}
