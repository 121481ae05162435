package com.linbox.presence;

/**
 * A session as the fields of a user's hash hold it: {@code <gatewayId>/<connectionId>} is the field, and
 * {@code <since> <device>} its value.
 */
final class StoredSession {

    private StoredSession() {}

    static String key(long userId) {
        return "linbox:sessions:{" + userId + "}";
    }

    static String field(Session session) {
        return session.gatewayId() + "/" + session.connectionId();
    }

    static String value(Session session) {
        return session.since() + " " + session.device();
    }

    /** @throws IllegalArgumentException where the texts are none that this class wrote */
    static Session of(long userId, String field, String value) {
        int slash = field.lastIndexOf('/');
        int space = value.indexOf(' ');
        if (slash < 0 || space < 0) {
            throw new IllegalArgumentException(
                    field + ": " + value + " (expected: gatewayId/connectionId: since device)");
        }
        return new Session(
                userId,
                field.substring(0, slash),
                Long.parseLong(field.substring(slash + 1)),
                value.substring(space + 1),
                Long.parseLong(value.substring(0, space)));
    }
}
