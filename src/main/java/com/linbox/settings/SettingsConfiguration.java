package com.linbox.settings;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "router", "rpc", "standalone"})
class SettingsConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SettingsConfiguration.class);

    @Bean
    LiveSettings liveSettings(ConfigurableEnvironment environment, Validator validator, MeterRegistry registry) {
        UnknownSettings.in(environment)
                .forEach(setting -> log.warn("{} is no setting of this version, and is passed over", setting));
        LiveSettings settings = new LiveSettings(environment, validator);
        Gauge.builder("linbox.settings.refused", settings, all -> all.refusals().size())
                .description("Settings whose wanted value is wrong, so that another one is in effect")
                .register(registry);
        return settings;
    }

    @Bean
    SettingsEndpoint settingsEndpoint(LiveSettings settings) {
        return new SettingsEndpoint(settings);
    }

    @Bean
    SettingsHealthIndicator settingsHealthIndicator(LiveSettings settings) {
        return new SettingsHealthIndicator(settings);
    }
}
