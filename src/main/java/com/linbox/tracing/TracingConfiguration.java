package com.linbox.tracing;

import com.linbox.settings.Live;
import com.linbox.settings.LiveSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
class TracingConfiguration {

    /** Spring closes it if it can be closed, after those who use it. */
    @Bean
    Tracing tracing(LiveSettings liveSettings, Environment environment) {
        Live<TracingSettings> settings = liveSettings.of(TracingSettings.class);
        URI endpoint = settings.get().endpoint();
        if (endpoint == null) {
            return Tracing.OFF;
        }
        return new OpenTelemetryTracing(
                endpoint, settings.get().headers(), service(environment), instance(), () -> settings.get()
                        .sampling());
    }

    /** Such as {@code linbox-router}, or {@code linbox} for all roles in one. */
    private static String service(Environment environment) {
        String roles = Stream.of("gateway", "router", "rpc")
                .filter(role -> environment.acceptsProfiles(Profiles.of(role)))
                .collect(Collectors.joining("-"));
        return roles.isEmpty() ? "linbox" : "linbox-" + roles;
    }

    private static String instance() {
        long process = ProcessHandle.current().pid();
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + process;
        } catch (UnknownHostException e) {
            return Long.toString(process);
        }
    }
}
