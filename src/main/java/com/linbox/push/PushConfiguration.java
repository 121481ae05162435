package com.linbox.push;

import com.linbox.inbox.Inbox;
import com.linbox.journal.DeadLetters;
import com.linbox.journal.RequestLog;
import com.linbox.journal.RequestLogConsumers;
import com.linbox.redis.RedisConnections;
import com.linbox.settings.LiveSettings;
import com.linbox.store.GroupStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"router", "standalone"})
@EnableConfigurationProperties(PushSettings.class)
class PushConfiguration {

    @Bean
    PushMeters pushMeters(MeterRegistry registry) {
        return new PushMeters(registry);
    }

    @Bean
    OfflinePush offlinePush(
            Inbox inbox,
            GroupStore groups,
            RedisConnections redis,
            RequestLog requestLog,
            LiveSettings settings,
            PushMeters meters) {
        return new OfflinePush(
                inbox, groups, redis, requestLog, settings.of(PushSettings.class), meters, Clock.systemUTC());
    }

    @Bean
    Webhook webhook(PushSettings settings, RequestLogConsumers consumers, DeadLetters deadLetters, PushMeters meters) {
        return new Webhook(settings.webhook(), consumers, deadLetters, meters, Clock.systemUTC());
    }
}
