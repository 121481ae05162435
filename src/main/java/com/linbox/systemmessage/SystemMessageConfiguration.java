package com.linbox.systemmessage;

import com.linbox.redis.RedisConnections;
import com.linbox.settings.LiveSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
class SystemMessageConfiguration {

    @Bean
    SystemMessages systemMessages(RedisConnections redis, LiveSettings settings, MeterRegistry registry) {
        return new RedisSystemMessages(
                redis, settings.of(SystemMessageSettings.class), new SystemMessageMeters(registry), Clock.systemUTC());
    }
}
