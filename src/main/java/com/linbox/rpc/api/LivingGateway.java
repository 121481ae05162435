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
 * @param connections how many clients were signed in a moment ago
 */
public record LivingGateway(
        String id, String host, int port, @Nullable Integer tlsPort, int connections) implements Serializable {}
