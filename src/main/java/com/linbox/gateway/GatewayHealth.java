package com.linbox.gateway;

import java.net.InetSocketAddress;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether clients can connect, where, and how many have. */
final class GatewayHealth implements HealthIndicator {

    private final GatewayServer server;

    GatewayHealth(GatewayServer server) {
        this.server = server;
    }

    @Override
    public Health health() {
        if (!server.isRunning()) {
            return Health.outOfService()
                    .withDetail("reason", "it does not listen")
                    .build();
        }
        Health.Builder health = Health.up().withDetail("clients", text(server.address()));
        InetSocketAddress secure = server.tlsAddress();
        if (secure != null) {
            health.withDetail("clientsOverTls", text(secure));
        }
        InetSocketAddress webSocket = server.webSocketAddress();
        if (webSocket != null) {
            health.withDetail("clientsByWebSocket", text(webSocket));
        }
        InetSocketAddress secureWebSocket = server.webSocketTlsAddress();
        if (secureWebSocket != null) {
            health.withDetail("clientsByWebSocketOverTls", text(secureWebSocket));
        }
        return health.withDetail("signedIn", server.signedIn()).build();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
