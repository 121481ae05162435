package com.linbox.redis;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
@ImportAutoConfiguration(DataRedisAutoConfiguration.class)
class RedisConfiguration {

    @Bean
    LettuceClientOptionsBuilderCustomizer redisClientOptions(DataRedisProperties properties) {
        return options -> LettuceSettings.apply(options, properties);
    }

    @Bean
    LettuceClientConfigurationBuilderCustomizer redisTimeout(DataRedisProperties properties) {
        return client -> client.commandTimeout(LettuceSettings.timeout(properties));
    }

    @Bean
    ClientResourcesBuilderCustomizer redisClientResources() {
        return LettuceSettings::apply;
    }

    @Bean
    RedisProbe redisProbe(RedisConnections redis) {
        return new RedisProbe(redis);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LettuceConnections redisConnections(
            LettuceConnectionFactory factory, DataRedisProperties properties, MeterRegistry registry) {
        return new LettuceConnections(
                factory.getRequiredNativeClient(), LettuceSettings.timeout(properties), new RedisMeters(registry));
    }
}
