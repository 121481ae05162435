package com.linbox.credential;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token must say: {@code sub} and {@code exp}, an {@code aud} that contains ours, the {@code iss} where one is
 * expected; and it must not have expired, nor begin later than now.
 */
final class JwtClaims extends DefaultJWTClaimsVerifier<SecurityContext> {

    /** By how much the clock of whoever signs may differ from ours. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private final Clock clock;

    JwtClaims(String audience, @Nullable String issuer, Clock clock) {
        super(Set.of(audience), exactly(issuer), Set.of("sub", "exp"), Set.of());
        this.clock = clock;
        setMaxClockSkew((int) SKEW.toSeconds());
    }

    private static JWTClaimsSet exactly(@Nullable String issuer) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        return issuer == null ? claims.build() : claims.issuer(issuer).build();
    }

    @Override
    protected Date currentTime() {
        return Date.from(clock.instant());
    }
}
