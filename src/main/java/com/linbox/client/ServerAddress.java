package com.linbox.client;

/** Where a gateway, or a load balancer before several, listens. */
public record ServerAddress(String host, int port) {

    public ServerAddress {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1..65535)");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
