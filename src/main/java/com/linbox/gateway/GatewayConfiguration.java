package com.linbox.gateway;

import com.linbox.cluster.GatewayRegistry;
import com.linbox.credential.ContentKeys;
import com.linbox.credential.CredentialSettings;
import com.linbox.credential.Credentials;
import com.linbox.group.GroupIds;
import com.linbox.health.Engine;
import com.linbox.health.Reliance;
import com.linbox.journal.RequestLog;
import com.linbox.outbox.OutboxReader;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.presence.PresenceFeed;
import com.linbox.protocol.AesContentCipher;
import com.linbox.protocol.CommandReader;
import com.linbox.settings.Live;
import com.linbox.settings.LiveSettings;
import com.linbox.systemmessage.SystemMessageSettings;
import com.linbox.systemmessage.SystemMessages;
import com.linbox.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "standalone"})
@EnableConfigurationProperties({TlsSettings.class, WebSocketSettings.class, SignInThrottleSettings.class})
class GatewayConfiguration {

    private static final String ROLE = "gateway";

    @Bean
    GatewayServer gatewayServer(
            LiveSettings liveSettings,
            TlsSettings tlsSettings,
            WebSocketSettings webSocketSettings,
            SignInThrottleSettings throttleSettings,
            CredentialSettings credentialSettings,
            Credentials credentials,
            ContentKeys contentKeys,
            Presence presence,
            PresenceFeed presenceFeed,
            SystemMessages systemMessages,
            OutboxWriter outboxWriter,
            OutboxReader outboxReader,
            CommandReader commands,
            GroupIds groupIds,
            RequestLog requestLog,
            GatewayRegistry registry,
            MeterRegistry meterRegistry,
            Tracing tracing) {
        Clock clock = Clock.systemUTC();
        Connections connections = new Connections();
        GatewayMeters meters = new GatewayMeters(meterRegistry, connections);
        Live<GatewaySettings> settings = liveSettings.of(GatewaySettings.class);
        OpenDoor.check(credentialSettings, settings.get().host());
        Live<LimitSettings> limits = liveSettings.of(LimitSettings.class);
        Backpressure backpressure = new Backpressure(requestLog);
        meters.bindHeld(backpressure);
        meters.bindLimit(() -> limits.get().connections());
        webSocketSettings.check(tlsSettings);
        TlsContexts tls = tlsSettings.isOn() ? TlsContexts.load(tlsSettings, meters) : null;
        GatewayServices services = new GatewayServices(
                newGatewayId(clock),
                settings,
                limits,
                AesContentCipher.ofPassPhrase(settings.get().v1Key()),
                new OpenConnections(limits),
                connections,
                credentials,
                contentKeys,
                new SignInThrottle(throttleSettings, longestDelay(settings.get()), System::nanoTime),
                new SessionKeeper(presence, outboxWriter, meters, connections, registry::registration),
                systemMessages,
                liveSettings.of(SystemMessageSettings.class),
                commands,
                groupIds,
                requestLog,
                backpressure,
                new UserBuckets(),
                new PresenceWatch(
                        presenceFeed, new DeliveryDispatcher(connections, meters, Tracing.OFF, clock), meters, clock),
                new Drain(connections, settings, limits),
                meters,
                tracing,
                clock);
        return new GatewayServer(services, tls, webSocketSettings, outboxReader, registry);
    }

    @Bean
    GatewayHealth gatewayHealthIndicator(GatewayServer server) {
        return new GatewayHealth(server);
    }

    /** Without presence nobody can sign in: new clients had better go to a gateway that has it. */
    @Bean
    Reliance gatewayNeedsRedis() {
        return new Reliance(ROLE, Engine.REDIS, true, "nobody can sign in, answers and messages do not arrive");
    }

    @Bean
    Reliance gatewayNeedsKafka() {
        return new Reliance(ROLE, Engine.KAFKA, false, "requests are answered with 503; clients sign in and stay");
    }

    @Bean
    Reliance gatewayNeedsZooKeeper() {
        return new Reliance(
                ROLE, Engine.ZOOKEEPER, false, "who asks which gateways there are may not be told of this one");
    }

    /** Leaves enough of a client's time to sign in for the answer. */
    private static Duration longestDelay(GatewaySettings settings) {
        return settings.authTimeout().multipliedBy(3).dividedBy(5);
    }

    /** Never used again, even by the same gateway after a restart: whatever names the old one is void. */
    private static String newGatewayId(Clock clock) {
        return Long.toString(clock.millis(), Character.MAX_RADIX) + "-"
                + Integer.toString(new SecureRandom().nextInt(Integer.MAX_VALUE), Character.MAX_RADIX);
    }
}
