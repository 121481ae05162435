package com.linbox.presence;

import com.linbox.cluster.LivingGateways;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A session as the fields of a user's hash hold it. The field is {@code <gatewayId>/<connectionId>}, its value
 *
 * <pre>
 * &lt;since> &lt;protocol>/&lt;registration>/&lt;clientId>/&lt;attempt> &lt;device>
 * </pre>
 *
 * without {@code /<clientId>/<attempt>} where the client does not say, and without {@code /<registration>} where that is not known
 * either.
 */
final class StoredSession {

    /** What sessions speak whose value says nothing of it: an earlier LINBOX wrote {@code <since> <device>}. */
    private static final int PROTOCOL_UNSAID = 1;

    private static final Pattern VALUE =
            Pattern.compile("(\\d+) (?:([12])(?:/(\\d+))?(?:/(\\d+)/(\\d+))? )?(.*)", Pattern.DOTALL);

    private StoredSession() {}

    static String key(long userId) {
        return "linbox:sessions:{" + userId + "}";
    }

    static String field(Session session) {
        return session.gatewayId() + "/" + session.connectionId();
    }

    static String value(Session session) {
        StringBuilder value =
                new StringBuilder().append(session.since()).append(' ').append(session.protocol());
        if (session.registration() != LivingGateways.UNREGISTERED || session.clientId() != 0) {
            value.append('/').append(session.registration());
        }
        if (session.clientId() != 0) {
            value.append('/').append(session.clientId()).append('/').append(session.attempt());
        }
        return value.append(' ').append(session.device()).toString();
    }

    /** @throws IllegalArgumentException where the texts are none that this class wrote */
    static Session of(long userId, String field, String value) {
        int slash = field.lastIndexOf('/');
        Matcher parts = VALUE.matcher(value);
        if (slash < 0 || !parts.matches()) {
            throw new IllegalArgumentException(
                    field + ": " + value + " (expected: gatewayId/connectionId: since protocol device)");
        }
        return new Session(
                userId,
                field.substring(0, slash),
                Long.parseLong(field.substring(slash + 1)),
                parts.group(6),
                Long.parseLong(parts.group(1)),
                parts.group(2) == null ? PROTOCOL_UNSAID : Integer.parseInt(parts.group(2)),
                number(parts.group(3)),
                number(parts.group(4)),
                number(parts.group(5)));
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }
}
