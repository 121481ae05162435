package com.linbox.gateway;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Where clients reach this process's gateway. */
public interface GatewayEndpoint {

    /**
     * The address that the gateway listens on, its port the real one.
     *
     * @throws IllegalStateException while the gateway does not run
     */
    InetSocketAddress address();

    /**
     * The address for connections over TLS; null where there is none.
     *
     * @throws IllegalStateException while the gateway does not run
     */
    @Nullable
    InetSocketAddress tlsAddress();

    /**
     * The address for WebSocket without TLS; null where there is none.
     *
     * @throws IllegalStateException while the gateway does not run
     */
    @Nullable
    InetSocketAddress webSocketAddress();

    /**
     * The address for WebSocket over TLS; null where there is none.
     *
     * @throws IllegalStateException while the gateway does not run
     */
    @Nullable
    InetSocketAddress webSocketTlsAddress();
}
