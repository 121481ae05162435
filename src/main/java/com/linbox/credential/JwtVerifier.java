package com.linbox.credential;

import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.util.Set;

/**
 * Holds tokens against one set of keys: the signature by an algorithm that a key is for (RFC 8725, section 3.1), then the
 * claims. Immutable and thread-safe.
 */
final class JwtVerifier {

    /** RFC 9068's type beside the common one; a token without a type will do too. */
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final JWKSet keys;
    private final Set<JWSAlgorithm> algorithms;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** @param algorithms that tokens may be signed by; each key serves those of its own kind only */
    JwtVerifier(JWKSet keys, Set<JWSAlgorithm> algorithms, JwtClaims claims) {
        this.keys = keys;
        this.algorithms = Set.copyOf(algorithms);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(this.algorithms, new ImmutableJWKSet<>(keys)));
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** Whether one of the keys may have signed a token of this header. */
    boolean hasKeyFor(JWSHeader header) {
        return algorithms.contains(header.getAlgorithm())
                && !new JWKSelector(JWKMatcher.forJWSHeader(header))
                        .select(keys)
                        .isEmpty();
    }

    /** Whether another set of keys could make a difference for a token of this header. */
    boolean accepts(JWSAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    Verdict verify(SignedJWT token, long userId) {
        if (!accepts(token.getHeader().getAlgorithm())) {
            return Verdict.INVALID;
        }
        if (!hasKeyFor(token.getHeader())) {
            return Verdict.UNKNOWN_KEY;
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return Ids.parse("sub", claims.getSubject()) == userId ? Verdict.ADMITTED : Verdict.OTHER_USER;
        } catch (ExpiredJWTException e) {
            return Verdict.EXPIRED;
        } catch (BadJOSEException | JOSEException | RequestRejectedException e) {
            return Verdict.INVALID;
        }
    }
}
