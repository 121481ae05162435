package com.linbox.credential;

import com.linbox.credential.CredentialSettings.Jwt;
import com.linbox.credential.CredentialSettings.KeyMode;
import com.linbox.credential.CredentialSettings.Mode;
import com.linbox.redis.RedisConnections;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile({"gateway", "rpc", "standalone"})
@EnableConfigurationProperties(CredentialSettings.class)
class CredentialConfiguration {

    @Bean
    CredentialMeters credentialMeters(MeterRegistry registry) {
        return new CredentialMeters(registry);
    }

    @Bean
    CredentialIssuer credentialIssuer(CredentialSettings settings, RedisConnections redis, CredentialMeters meters) {
        return settings.mode() == Mode.JWT ? new ProductTokens() : new RedisTokens(redis, meters, Clock.systemUTC());
    }

    @Bean
    ContentKeys contentKeys(CredentialSettings settings, RedisConnections redis, CredentialMeters meters) {
        return settings.contentKeys() == KeyMode.DYNAMIC
                ? new RedisContentKeys(redis, settings, meters)
                : new SharedPassPhrase();
    }

    @Bean
    @Profile({"gateway", "standalone"})
    CredentialCheck credentialCheck(CredentialSettings settings, RedisConnections redis, CredentialMeters meters) {
        return switch (settings.mode()) {
            case OPEN -> (userId, token, device) -> CompletableFuture.completedStage(Verdict.ADMITTED);
            case TOKEN -> new RedisTokens(redis, meters, Clock.systemUTC())::check;
            case JWT -> new JwtCheck(jwtKeys(settings.jwt(), meters));
        };
    }

    @Bean
    @Profile({"gateway", "standalone"})
    Credentials credentials(CredentialCheck credentialCheck, CredentialMeters meters) {
        return new CheckedCredentials(credentialCheck, meters);
    }

    private static JwtKeys jwtKeys(Jwt settings, CredentialMeters meters) {
        JwtClaims claims =
                new JwtClaims(Objects.requireNonNull(settings.audience()), settings.issuer(), Clock.systemUTC());
        Function<JWKSet, JwtVerifier> verifiers = keys -> new JwtVerifier(keys, JwtKeyFiles.ALGORITHMS, claims);
        byte[] secret = settings.secretBytes();
        if (secret != null) {
            JWKSet keys = new JWKSet(new OctetSequenceKey.Builder(secret).build());
            return fixed(new JwtVerifier(keys, Set.of(JWSAlgorithm.HS256), claims));
        }
        if (settings.publicKeyFile() != null) {
            return fixed(verifiers.apply(JwtKeyFiles.pem(settings.publicKeyFile())));
        }
        if (settings.jwksFile() != null) {
            return fixed(verifiers.apply(JwtKeyFiles.jwks(settings.jwksFile())));
        }
        return new JwksUrl(Objects.requireNonNull(settings.jwksUrl()), verifiers, meters, System::nanoTime).start();
    }

    private static JwtKeys fixed(JwtVerifier verifier) {
        return header -> CompletableFuture.completedStage(verifier);
    }
}
