package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that clients can be sent to.
 *
 * @param id new with every start of a gateway
 * @param host the address that clients connect to
 * @param port for connections without TLS; 0 where it takes none
 * @param tlsPort for connections over TLS; null where it takes none
 * @param wsPort for connections by WebSocket without TLS, such as by a reverse proxy that ends it; null where it takes none
 * @param wssPort for connections by WebSocket over TLS; null where it takes none
 * @param connections how many clients were signed in a moment ago
 */
public record LivingGateway(
        String id,
        String host,
        int port,
        @Nullable Integer tlsPort,
        @Nullable Integer wsPort,
        @Nullable Integer wssPort,
        int connections)
        implements Serializable {}
