package com.linbox.credential;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "rpc", "standalone"})
@EnableConfigurationProperties(CredentialSettings.class)
class CredentialConfiguration {

    private static final Logger log = LoggerFactory.getLogger(CredentialConfiguration.class);

    @Bean
    Credentials credentials(CredentialSettings settings) {
        return switch (settings.mode()) {
            case OPEN -> (userId, token, device) -> CompletableFuture.completedStage(true);
            case TOKEN -> {
                // Nothing issues tokens yet, so that no token can be a right one.
                log.warn("linbox.credential.mode is token and no tokens are issued yet: every sign-in is refused");
                yield (userId, token, device) -> CompletableFuture.completedStage(false);
            }
        };
    }
}
