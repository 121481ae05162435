package com.linbox.protocol;

import com.linbox.settings.Live;
import com.linbox.settings.LiveSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
class ProtocolConfiguration {

    @Bean
    CommandReader commandReader(LiveSettings settings) {
        Live<MessageSettings> message = settings.of(MessageSettings.class);
        return new CommandReader(() -> (int) message.get().maxContent().toBytes());
    }
}
