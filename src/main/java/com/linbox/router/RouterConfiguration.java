package com.linbox.router;

import com.linbox.group.GroupRules;
import com.linbox.health.Engine;
import com.linbox.health.Reliance;
import com.linbox.inbox.Inbox;
import com.linbox.journal.DeadLetters;
import com.linbox.journal.RequestLog;
import com.linbox.journal.RequestLogConsumers;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.presence.SessionCaches;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.MessageSettings;
import com.linbox.push.OfflinePush;
import com.linbox.redis.RedisConnections;
import com.linbox.settings.LiveSettings;
import com.linbox.store.GroupStore;
import com.linbox.store.MessageStore;
import com.linbox.systemmessage.SystemMessages;
import com.linbox.tracing.Tracing;
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

    private static final String ROLE = "router";

    @Bean
    RouterServices routerServices(
            RouterSettings settings,
            LiveSettings liveSettings,
            MessageStore store,
            GroupStore groups,
            GroupRules groupRules,
            Inbox inbox,
            Presence presence,
            SessionCaches sessionCaches,
            SystemMessages systemMessages,
            OutboxWriter outbox,
            RequestLog requestLog,
            OfflinePush push,
            RedisConnections redis,
            CommandReader commands,
            MeterRegistry registry,
            Tracing tracing) {
        return new RouterServices(
                settings,
                liveSettings.of(MessageSettings.class),
                store,
                groups,
                groupRules,
                inbox,
                presence,
                sessionCaches,
                systemMessages,
                outbox,
                requestLog,
                push,
                redis,
                commands,
                new RouterMeters(registry),
                tracing,
                Clock.systemUTC());
    }

    @Bean
    Router router(RouterServices services, RequestLogConsumers consumers, DeadLetters deadLetters) {
        return new Router(services, consumers, deadLetters);
    }

    @Bean
    RouterHealth routerHealthIndicator(RequestLogConsumers consumers, Router router) {
        return new RouterHealth(consumers, router::isRunning);
    }

    @Bean
    Reliance routerNeedsKafka() {
        return new Reliance(ROLE, Engine.KAFKA, true, "no requests come; they are with the gateways, which answer 503");
    }

    @Bean
    Reliance routerNeedsRedis() {
        return new Reliance(ROLE, Engine.REDIS, true, "requests wait in Kafka; none is answered or delivered");
    }

    @Bean
    Reliance routerNeedsDatabase() {
        return new Reliance(ROLE, Engine.DATABASE, true, "requests wait in Kafka; nothing is stored or read");
    }

    @Bean
    Reliance routerNeedsZooKeeper() {
        return new Reliance(
                ROLE, Engine.ZOOKEEPER, false, "gateways that end are not noticed; settings stay as they are");
    }
}
