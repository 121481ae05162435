package com.linbox.console;

import com.linbox.cluster.SettingsNodes;
import com.linbox.console.AuditLog.Action;
import com.linbox.console.ConsoleMeters.Change;
import com.linbox.settings.LiveSettings;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Shows and changes the settings that can change while LINBOX runs: by ZooKeeper, for every process, as an operator does by hand. */
final class SettingCalls {

    private static final Pattern NAME = Pattern.compile("[\\w$-]+(?:\\.[\\w$-]+){1,30}");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 1_000;
    private static final String AUDIT_LEVEL = "logging.level." + AuditLog.LOGGER;

    private final LiveSettings settings;
    private final SettingsNodes nodes;
    private final ConsoleMeters meters;
    private final AuditLog audit;

    SettingCalls(LiveSettings settings, SettingsNodes nodes, ConsoleMeters meters, AuditLog audit) {
        this.settings = settings;
        this.nodes = nodes;
        this.meters = meters;
        this.audit = audit;
    }

    /** {@code GET /settings}: as at {@code /actuator/settings}. */
    ServerResponse list(ServerRequest request) {
        List<LiveSettings.State> states = settings.states().stream()
                .sorted(Comparator.comparing(LiveSettings.State::name))
                .toList();
        return ServerResponse.ok().body(states);
    }

    record Wanted(@Nullable String value) {}

    /** {@code PUT /settings/{name}}: for all processes, within a second. What this process knows to be wrong goes to nobody. */
    ServerResponse change(ServerRequest request) throws IOException {
        Operator who = ConsoleGuard.operator(request);
        String name = name(request);
        String given = Bodies.read(request, Wanted.class).value();
        String value = given == null ? "" : given.strip();
        if (value.isEmpty() || value.length() > LONGEST_VALUE) {
            throw Refusal.wrong("value: %d characters (expected: 1..%d)".formatted(value.length(), LONGEST_VALUE));
        }
        String before = valueOf(name);
        String reason = name.equals(AUDIT_LEVEL)
                ? name + ": not by the console, of which it tells"
                : settings.refusalOf(name, value);
        if (reason != null) {
            audit.refused(who, Action.SETTING_CHANGED, name, before, value, reason);
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, reason);
        }
        write(who, Action.SETTING_CHANGED, name, before, value, () -> nodes.set(name, value));
        return ServerResponse.noContent().build();
    }

    /** {@code DELETE /settings/{name}}: every process goes back to what it was started with. */
    ServerResponse withdraw(ServerRequest request) {
        Operator who = ConsoleGuard.operator(request);
        String name = name(request);
        write(who, Action.SETTING_WITHDRAWN, name, valueOf(name), null, () -> nodes.remove(name));
        return ServerResponse.noContent().build();
    }

    private void write(
            Operator who, Action what, String name, @Nullable String before, @Nullable String after, Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            audit.refused(who, what, name, before, after, e.getMessage());
            throw e;
        }
        meters.changed(Change.SETTING);
        audit.done(who, what, name, before, after);
    }

    private static String name(ServerRequest request) {
        String name = request.pathVariable("name");
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw Refusal.wrong("name: no setting's (expected: such as linbox.limits.request-rate)");
        }
        return name;
    }

    private @Nullable String valueOf(String name) {
        return settings.states().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .map(LiveSettings.State::value)
                .orElse(null);
    }
}
