package com.linbox.rpc;

import java.net.InetSocketAddress;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether back ends can call, and where. */
final class RpcHealth implements HealthIndicator {

    private final RpcServer server;

    RpcHealth(RpcServer server) {
        this.server = server;
    }

    @Override
    public Health health() {
        if (!server.isRunning()) {
            return Health.outOfService()
                    .withDetail("reason", "it does not listen")
                    .build();
        }
        InetSocketAddress address = server.address();
        return Health.up()
                .withDetail("backEnds", address.getAddress().getHostAddress() + ":" + address.getPort())
                .build();
    }
}
