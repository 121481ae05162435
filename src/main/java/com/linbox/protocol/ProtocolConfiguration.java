package com.linbox.protocol;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
@EnableConfigurationProperties(MessageSettings.class)
class ProtocolConfiguration {

    @Bean
    CommandReader commandReader(MessageSettings settings) {
        return new CommandReader((int) settings.maxContent().toBytes());
    }
}
