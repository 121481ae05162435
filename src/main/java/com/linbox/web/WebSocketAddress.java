package com.linbox.web;

import com.linbox.gateway.GatewayEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a browser reaches WebSocket, as seen from where it has the page. */
final class WebSocketAddress {

    private static final String PATH = "/ws";

    /** A name or an IPv4 address: what a Content-Security-Policy can name. */
    private static final Pattern NAMEABLE = Pattern.compile("[A-Za-z0-9.-]+");

    private final @Nullable URI configured;
    private final @Nullable GatewayEndpoint gateway;

    /**
     * @param configured what the operator says
     * @param gateway of this process, to be asked where the operator says nothing
     */
    WebSocketAddress(@Nullable URI configured, @Nullable GatewayEndpoint gateway) {
        this.configured = configured;
        this.gateway = gateway;
    }

    /**
     * The URL for whoever asks, or a path where it is at the place that was asked. The gateway's own origin check lets pages of
     * the same host in, so the host is the one that was asked.
     *
     * @return empty where there is no WebSocket, or not yet or no more
     */
    Optional<String> of(HttpServletRequest request) {
        return configured == null
                ? scheme(request).map(scheme -> scheme.prefix(request.getServerName()) + PATH)
                : Optional.of(configured.toString());
    }

    /** The same as a source in a Content-Security-Policy; empty also where that is {@code 'self'}. */
    Optional<String> source(HttpServletRequest request) {
        if (configured != null && configured.getHost() == null) {
            return Optional.empty();
        }
        if (configured != null) {
            int port = configured.getPort();
            return Optional.of(configured.getScheme() + "://" + configured.getHost() + (port < 0 ? "" : ":" + port));
        }
        String host = request.getServerName();
        return scheme(request)
                .map(scheme -> scheme.prefix(NAMEABLE.matcher(host).matches() ? host : "*"));
    }

    private record Scheme(String name, int port) {

        String prefix(String host) {
            return name + "://" + host + ":" + port;
        }
    }

    /** A page that came over TLS may not open a WebSocket without. */
    private Optional<Scheme> scheme(HttpServletRequest request) {
        if (gateway == null) {
            return Optional.empty();
        }
        try {
            InetSocketAddress plain = gateway.webSocketAddress();
            InetSocketAddress overTls = gateway.webSocketTlsAddress();
            if (overTls != null && (request.isSecure() || plain == null)) {
                return Optional.of(new Scheme("wss", overTls.getPort()));
            }
            return Optional.ofNullable(plain).map(address -> new Scheme("ws", address.getPort()));
        } catch (IllegalStateException doesNotRun) {
            return Optional.empty();
        }
    }
}
