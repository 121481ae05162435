package com.linbox.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the HTTP port serves to people and not to operators.
 *
 * @param chat whether it serves the web chat and {@code linbox.js}; stand-alone does
 * @param webSocketUrl where browsers reach WebSocket, such as {@code wss://chat.example.com/ws}, or {@code /ws} at the host and port
 *     that they have the page from, where that is not the gateway of the same process: behind a proxy, or in a process without a
 *     gateway
 */
@Validated
@ConfigurationProperties("linbox.web")
record WebSettings(
        @DefaultValue("false") boolean chat, @Nullable URI webSocketUrl) {

    WebSettings {
        if (webSocketUrl != null && !isWebSocket(webSocketUrl)) {
            throw new IllegalArgumentException(
                    "web-socket-url: " + webSocketUrl + " (expected: such as wss://chat.example.com/ws, or /ws)");
        }
    }

    private static boolean isWebSocket(URI url) {
        boolean somewhere = url.getScheme() == null
                ? url.getRawAuthority() == null && url.getRawPath().startsWith("/")
                : url.getScheme().matches("wss?") && url.getHost() != null && url.getRawUserInfo() == null;
        return somewhere && url.getRawFragment() == null;
    }
}
