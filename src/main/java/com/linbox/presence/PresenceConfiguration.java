package com.linbox.presence;

import com.linbox.cluster.LivingGateways;
import com.linbox.redis.RedisConnections;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
@EnableConfigurationProperties(PresenceSettings.class)
class PresenceConfiguration {

    @Bean
    PresenceMeters presenceMeters(MeterRegistry registry) {
        return new PresenceMeters(registry);
    }

    @Bean
    RedisPresence presence(
            PresenceSettings settings, RedisConnections redis, LivingGateways gateways, PresenceMeters meters) {
        return new RedisPresence(redis, gateways, new SessionPolicy(settings), meters);
    }

    @Bean
    SessionCaches sessionCaches(PresenceSettings settings, RedisPresence presence, PresenceMeters meters) {
        return () -> new RedisSessionCache(presence, settings.cachedUsers(), System::nanoTime, meters);
    }

    @Bean
    PresenceFeed presenceFeed(RedisPresence presence, RedisConnections redis, PresenceMeters meters) {
        // Whoever asks it says whom to forget.
        int users = Integer.MAX_VALUE;
        return new RedisPresenceFeed(
                redis.newBatch(), new RedisSessionCache(presence, users, System::nanoTime, meters));
    }
}
