package com.linbox.gateway;

import java.net.InetSocketAddress;

/** Where clients reach this process's gateway. */
public interface GatewayEndpoint {

    /**
     * The address that the gateway listens on, its port the real one.
     *
     * @throws IllegalStateException while the gateway does not run
     */
    InetSocketAddress address();
}
