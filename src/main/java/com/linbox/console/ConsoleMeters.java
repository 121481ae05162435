package com.linbox.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The module's meters. They are there in roles without the console too, at 0, so that an alert need not know which have it. */
final class ConsoleMeters {

    static final String SIGN_INS = "linbox.console.sign.ins";
    static final String CHANGES = "linbox.console.changes";

    /** How an operator's sign-in ended. */
    enum SignIn {
        ACCEPTED,
        REFUSED,
        /** Not looked at, because too many from there were refused. */
        THROTTLED
    }

    /** What an operator has done. */
    enum Change {
        SETTING,
        DISCONNECT,
        REPLAY
    }

    private final Counter[] signIns = new Counter[SignIn.values().length];
    private final Counter[] changes = new Counter[Change.values().length];

    ConsoleMeters(MeterRegistry registry) {
        for (SignIn outcome : SignIn.values()) {
            signIns[outcome.ordinal()] = Counter.builder(SIGN_INS)
                    .description("Sign-ins of operators")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (Change kind : Change.values()) {
            changes[kind.ordinal()] = Counter.builder(CHANGES)
                    .description("What operators have changed")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    void signIn(SignIn outcome) {
        signIns[outcome.ordinal()].increment();
    }

    void changed(Change kind) {
        changes[kind.ordinal()].increment();
    }
}
