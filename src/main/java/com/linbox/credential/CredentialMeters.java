package com.linbox.credential;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What is measured of credentials and keys. */
final class CredentialMeters {

    /** Tokens looked at: tag {@code verdict}, see {@link Verdict}. */
    static final String CHECKS = "linbox.credential.checks";

    static final String ISSUED = "linbox.credential.tokens.issued";
    static final String REVOKED = "linbox.credential.tokens.revoked";
    static final String KEYS_MADE = "linbox.credential.content.keys.made";
    static final String JWKS_FAILURES = "linbox.credential.jwks.failures";

    private final Counter[] checks = new Counter[Verdict.values().length];
    private final Counter issued;
    private final Counter revoked;
    private final Counter keysMade;
    private final Counter jwksFailures;

    CredentialMeters(MeterRegistry registry) {
        for (Verdict verdict : Verdict.values()) {
            checks[verdict.ordinal()] = Counter.builder(CHECKS)
                    .description("Tokens looked at, by what was found")
                    .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        issued = counter(registry, ISSUED, "Tokens handed out");
        revoked = counter(registry, REVOKED, "Tokens taken back");
        keysMade = counter(registry, KEYS_MADE, "Content keys of users that were made");
        jwksFailures = counter(registry, JWKS_FAILURES, "Attempts to fetch the key set that failed");
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void checked(Verdict verdict) {
        checks[verdict.ordinal()].increment();
    }

    void issued() {
        issued.increment();
    }

    void revoked(long tokens) {
        revoked.increment(tokens);
    }

    void keyMade() {
        keysMade.increment();
    }

    void jwksFailed() {
        jwksFailures.increment();
    }
}
