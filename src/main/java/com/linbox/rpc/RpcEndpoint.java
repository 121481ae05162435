package com.linbox.rpc;

import java.net.InetSocketAddress;

/** Where back ends reach this process's rpc role. */
public interface RpcEndpoint {

    /**
     * The address that the role listens on, its port the real one.
     *
     * @throws IllegalStateException while the role does not run
     */
    InetSocketAddress address();
}
