package com.linbox.presence;

import com.linbox.cluster.LivingGateways;
import com.linbox.redis.RedisConnections;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
class PresenceConfiguration {

    @Bean
    Presence presence(RedisConnections redis, LivingGateways gateways, MeterRegistry registry) {
        return new RedisPresence(redis, gateways, new PresenceMeters(registry));
    }
}
