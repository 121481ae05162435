package com.linbox.web;

import com.linbox.gateway.GatewayEndpoint;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
@ConditionalOnProperty("linbox.web.chat")
@EnableConfigurationProperties(WebSettings.class)
class WebConfiguration {

    /** @throws InvalidConfigurationPropertyValueException where the page would have nothing to connect to */
    @Bean
    WebSocketAddress webSocketAddress(
            WebSettings settings, ObjectProvider<GatewayEndpoint> gateway, Environment environment) {
        boolean isHere = gateway.stream().findAny().isPresent()
                && Stream.of("linbox.gateway.ws.port", "linbox.gateway.ws.tls-port")
                        .anyMatch(environment::containsProperty);
        if (settings.webSocketUrl() == null && !isHere) {
            throw new InvalidConfigurationPropertyValueException(
                    "linbox.web.chat",
                    true,
                    "no gateway of this process has WebSocket (expected: beside linbox.gateway.ws.port or"
                            + " linbox.web.web-socket-url)");
        }
        return new WebSocketAddress(settings.webSocketUrl(), gateway.getIfAvailable());
    }

    @Bean
    WebChat webChat(WebSocketAddress webSocket) {
        return new WebChat(webSocket);
    }
}
