package com.linbox.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.validation.annotation.Validated;

/**
 * WebSocket for clients, on ports of its own beside the others, at the path {@code /ws}. Off where no port is set.
 *
 * @param port the TCP port to listen on for {@code ws://}, on the address of {@code linbox.gateway.host}; 0 picks a free one.
 *     As everywhere, it serves nobody who is connected over a network without TLS, unless {@code behindProxy} is set
 * @param tlsPort the TCP port to listen on for {@code wss://}, with the certificate of {@code linbox.gateway.tls}; 0 picks a
 *     free one
 * @param behindProxy whether a reverse proxy stands before {@code port}, ends TLS for it and alone reaches it: what comes
 *     there is then taken for private, and the last address in {@code X-Forwarded-For}, where there is one, for the client's
 * @param origins which web pages' scripts may connect, such as {@code https://chat.example.com}, or {@code *} for all. Where
 *     there is none, those from the host that they connect to, on whatever port. Clients that are no browsers have no origin
 *     and may connect all the same: it is the token that proves who they are
 */
@Validated
@ConfigurationProperties("linbox.gateway.ws")
record WebSocketSettings(
        @Nullable @Min(0) @Max(65_535) Integer port,
        @Nullable @Min(0) @Max(65_535) Integer tlsPort,
        @DefaultValue("false") boolean behindProxy,
        @DefaultValue List<String> origins) {

    WebSocketSettings {
        origins = List.copyOf(origins);
        for (String origin : origins) {
            if (!Origins.isOne(origin)) {
                throw new IllegalArgumentException(
                        "origins: " + origin + " (expected: such as https://chat.example.com, or *)");
            }
        }
    }

    /** @throws InvalidConfigurationPropertyValueException where a port for TLS has no certificate to show */
    void check(TlsSettings tls) {
        if (tlsPort != null && !tls.isOn()) {
            throw new InvalidConfigurationPropertyValueException(
                    "linbox.gateway.ws.tls-port",
                    tlsPort,
                    "there is no certificate (expected: beside linbox.gateway.tls.certificate)");
        }
    }
}
