package com.linbox.outbox;

import com.linbox.redis.RedisConnections;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.annotation.Scope;

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

    /** One for each who asks for one: a gateway has a stream of its own, and so has an instance of the rpc role. */
    @Bean(destroyMethod = "")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    @Profile({"gateway", "rpc", "standalone"})
    OutboxReader outboxReader(
            RedisConnections redis, OutboxProperties properties, OutboxMeters meters, OutboxReaderLifecycle lifecycle) {
        OutboxReader reader = new RedisOutboxReader(redis, properties, meters);
        lifecycle.add(reader);
        return reader;
    }

    @Bean
    @Profile({"gateway", "rpc", "standalone"})
    OutboxReaderLifecycle outboxReaderLifecycle() {
        return new OutboxReaderLifecycle();
    }
}
