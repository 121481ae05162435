package com.linbox.console;

import com.linbox.cluster.GatewayDirectory;
import com.linbox.cluster.SettingsNodes;
import com.linbox.inbox.Inbox;
import com.linbox.journal.DeadLetterArchive;
import com.linbox.journal.Routers;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.redis.RedisConnections;
import com.linbox.settings.LiveSettings;
import com.linbox.store.GroupStore;
import com.linbox.systemmessage.SystemMessages;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
class ConsoleConfiguration {

    @Bean
    ConsoleMeters consoleMeters(MeterRegistry registry) {
        return new ConsoleMeters(registry);
    }

    /** Where this process has one. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(ConsoleWanted.class)
    @EnableConfigurationProperties(ConsoleSettings.class)
    static class Wanted {

        @Bean
        FilterRegistrationBean<ConsoleHeaders> consoleHeaders() {
            FilterRegistrationBean<ConsoleHeaders> filter = new FilterRegistrationBean<>(new ConsoleHeaders());
            filter.addUrlPatterns(ConsoleRoutes.ROOT, ConsoleRoutes.ROOT + "/*");
            return filter;
        }

        @Bean
        ConsoleEndpoint consoleEndpoint(ConsoleSettings settings) {
            return new ConsoleEndpoint(
                    ConsoleRoutes.ROOT, settings.secret() == null ? ConsoleSecret.random(new SecureRandom()) : null);
        }

        @Bean
        Samples consoleSamples(MeterRegistry registry) {
            return new Samples(registry);
        }

        @Bean
        Sampler consoleSampler(Samples samples) {
            return new Sampler(samples, Clock.systemUTC());
        }

        @Bean
        RouterFunction<ServerResponse> console(
                ConsoleSettings settings,
                ConsoleEndpoint endpoint,
                Samples samples,
                ConsoleMeters meters,
                ObjectProvider<InfoEndpoint> info,
                GatewayDirectory gateways,
                Routers routers,
                RedisConnections redis,
                Presence presence,
                OutboxWriter outbox,
                SystemMessages systemMessages,
                ObjectProvider<Inbox> inbox,
                ObjectProvider<GroupStore> groups,
                LiveSettings liveSettings,
                SettingsNodes nodes,
                DeadLetterArchive archive,
                MeterRegistry registry) {
            Clock clock = Clock.systemUTC();
            String given = settings.secret();
            ConsoleSecret secret = new ConsoleSecret(given == null ? String.valueOf(endpoint.madeSecret()) : given);
            ConsoleSessions sessions = new ConsoleSessions(settings.sessionLifetime(), clock, new SecureRandom());
            AuditLog audit = new AuditLog(clock);
            return ConsoleRoutes.of(
                    new ConsoleGuard(sessions),
                    new SignInCalls(secret, sessions, new SignInBrake(clock), meters, audit, info, clock),
                    new MeasureCalls(samples),
                    new ClusterCalls(gateways, routers, registry),
                    new UserCalls(redis, presence, outbox, systemMessages, inbox, groups, meters, audit, clock),
                    new SettingCalls(liveSettings, nodes, meters, audit),
                    new DeadLetterCalls(archive, new ReplayMarks(redis), meters, audit, clock));
        }
    }
}
