package com.linbox.router;

import com.linbox.inbox.Inbox;
import com.linbox.journal.DeadLetters;
import com.linbox.journal.RequestLogConsumers;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.protocol.CommandReader;
import com.linbox.redis.RedisConnections;
import com.linbox.store.MessageStore;
import com.linbox.systemmessage.SystemMessages;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"router", "standalone"})
@EnableConfigurationProperties(RouterSettings.class)
class RouterConfiguration {

    @Bean
    RouterServices routerServices(
            RouterSettings settings,
            MessageStore store,
            Inbox inbox,
            Presence presence,
            SystemMessages systemMessages,
            OutboxWriter outbox,
            RedisConnections redis,
            CommandReader commands,
            MeterRegistry registry) {
        return new RouterServices(
                settings,
                store,
                inbox,
                presence,
                systemMessages,
                outbox,
                redis,
                commands,
                new RouterMeters(registry),
                Clock.systemUTC());
    }

    @Bean
    Router router(RouterServices services, RequestLogConsumers consumers, DeadLetters deadLetters) {
        return new Router(services, consumers, deadLetters);
    }
}
