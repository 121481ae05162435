package com.linbox.presence;

import com.linbox.cluster.LivingGateways;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session as the fields of a user's hash hold it: {@code <gatewayId>/<connectionId>} is the field, and
 * {@code <since> <protocol>/<registration> <device>} its value, without {@code /<registration>} where that is not known.
 */
final class StoredSession {

    /** What sessions speak whose value says nothing of it: an earlier LINBOX wrote {@code <since> <device>}. */
    private static final int PROTOCOL_UNSAID = 1;

    private static final Pattern VALUE = Pattern.compile("(\\d+) (?:([12])(?:/(\\d+))? )?(.*)", Pattern.DOTALL);

    private StoredSession() {}

    static String key(long userId) {
        return "linbox:sessions:{" + userId + "}";
    }

    static String field(Session session) {
        return session.gatewayId() + "/" + session.connectionId();
    }

    static String value(Session session) {
        String registration = session.registration() == LivingGateways.UNREGISTERED ? "" : "/" + session.registration();
        return session.since() + " " + session.protocol() + registration + " " + session.device();
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
                parts.group(4),
                Long.parseLong(parts.group(1)),
                parts.group(2) == null ? PROTOCOL_UNSAID : Integer.parseInt(parts.group(2)),
                parts.group(3) == null ? LivingGateways.UNREGISTERED : Long.parseLong(parts.group(3)));
    }
}
