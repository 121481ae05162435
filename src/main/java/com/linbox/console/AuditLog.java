package com.linbox.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who did what, a line of JSON each, by a logger of its own: {@code linbox.audit}. What was tried and failed is in it too. The secret and
 * what messages say never are. Thread-safe.
 */
final class AuditLog {

    static final String LOGGER = "linbox.audit";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final Clock clock;

    AuditLog(Clock clock) {
        this.clock = clock;
    }

    /** What an operator did. */
    enum Action {
        SIGN_IN,
        SIGN_OUT,
        SETTING_CHANGED,
        SETTING_WITHDRAWN,
        DISCONNECTED,
        DEAD_LETTER_SHOWN,
        DEAD_LETTER_REPLAYED
    }

    private record Line(
            String at,
            String session,
            String address,
            String action,
            @Nullable String target,
            @Nullable String before,
            @Nullable String after,
            String outcome) {}

    /** Of what was done. */
    void done(Operator who, Action what, @Nullable String target, @Nullable String before, @Nullable String after) {
        write(who, what, target, before, after, "done");
    }

    /** Of what was not. */
    void refused(
            Operator who,
            Action what,
            @Nullable String target,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason) {
        write(who, what, target, before, after, "refused: " + reason);
    }

    private void write(
            Operator who,
            Action what,
            @Nullable String target,
            @Nullable String before,
            @Nullable String after,
            String outcome) {
        // As JSON, whatever somebody writes stays within its own line and its own quotes.
        log.info(JSON.writeValueAsString(new Line(
                Instant.ofEpochMilli(clock.millis()).toString(),
                who.session(),
                who.address(),
                what.name().toLowerCase(Locale.ROOT),
                target,
                before,
                after,
                outcome)));
    }
}
