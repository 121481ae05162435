package com.linbox.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A living gateway, as it announced itself.
 *
 * @param id never used before or after
 * @param host the address that clients connect to
 * @param port for protocol version 1 and, on loopback, version 2; 0 where it has none
 * @param tlsPort for connections over TLS, null where it has none
 * @param wsPort for connections by WebSocket without TLS, null where it has none
 * @param wssPort for connections by WebSocket over TLS, null where it has none
 * @param connections how many clients were signed in a moment ago
 * @param since when it started, in milliseconds since the epoch
 * @param leaving whether it is about to stop: it still serves the clients it has, and takes no others
 */
public record Gateway(
        String id,
        String host,
        int port,
        @Nullable Integer tlsPort,
        @Nullable Integer wsPort,
        @Nullable Integer wssPort,
        int connections,
        long since,
        boolean leaving) {}
