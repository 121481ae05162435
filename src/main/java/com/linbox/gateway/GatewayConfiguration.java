package com.linbox.gateway;

import com.linbox.cluster.GatewayRegistry;
import com.linbox.credential.ContentKeys;
import com.linbox.credential.CredentialSettings;
import com.linbox.credential.Credentials;
import com.linbox.journal.RequestLog;
import com.linbox.outbox.OutboxReader;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.protocol.AesContentCipher;
import com.linbox.protocol.CommandReader;
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
@EnableConfigurationProperties({GatewaySettings.class, SignInThrottleSettings.class})
class GatewayConfiguration {

    @Bean
    GatewayServer gatewayServer(
            GatewaySettings settings,
            SignInThrottleSettings throttleSettings,
            CredentialSettings credentialSettings,
            Credentials credentials,
            ContentKeys contentKeys,
            Presence presence,
            OutboxWriter outboxWriter,
            OutboxReader outboxReader,
            CommandReader commands,
            RequestLog requestLog,
            GatewayRegistry registry,
            MeterRegistry meterRegistry) {
        OpenDoor.check(credentialSettings, settings.host());
        Clock clock = Clock.systemUTC();
        Connections connections = new Connections();
        GatewayMeters meters = new GatewayMeters(meterRegistry, connections);
        GatewayServices services = new GatewayServices(
                newGatewayId(clock),
                settings,
                AesContentCipher.ofPassPhrase(settings.v1Key()),
                connections,
                credentials,
                contentKeys,
                new SignInThrottle(throttleSettings, longestDelay(settings), System::nanoTime),
                presence,
                new SessionEnder(presence, outboxWriter, meters),
                commands,
                requestLog,
                meters,
                clock);
        return new GatewayServer(services, outboxReader, registry);
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
