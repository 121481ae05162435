package com.linbox.outbox;

import com.linbox.redis.RedisConnections;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
@EnableConfigurationProperties(OutboxProperties.class)
class OutboxConfiguration {

    @Bean
    OutboxMeters outboxMeters(MeterRegistry registry) {
        return new OutboxMeters(registry);
    }

    @Bean
    OutboxWriter outboxWriter(RedisConnections redis, OutboxProperties properties, OutboxMeters meters) {
        return new RedisOutboxWriter(redis, properties, meters);
    }

    @Bean(destroyMethod = "")
    @Profile({"gateway", "standalone"})
    OutboxReader outboxReader(RedisConnections redis, OutboxProperties properties, OutboxMeters meters) {
        return new RedisOutboxReader(redis, properties, meters);
    }

    @Bean
    @Profile({"gateway", "standalone"})
    OutboxReaderLifecycle outboxReaderLifecycle(OutboxReader reader) {
        return new OutboxReaderLifecycle(reader);
    }
}
