package com.linbox.store;

import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import java.sql.SQLException;
import java.util.Locale;

/** What an {@link SQLException} of MySQL, MariaDB or H2 means to somebody who wants to insert rows. */
enum Failure {
    /** One of the table's unique keys is taken: a retry, or another writer has numbered the same conversation. */
    DUPLICATE_KEY,
    /** Chosen to give way to another transaction, or waited too long for one; the same again may succeed at once. */
    VICTIM,
    /** One of the rows will never be accepted as it is. */
    REFUSED,
    /** Everything else: it is not the rows' fault, and they must be kept until the database takes them. */
    UNAVAILABLE;

    private static final int MYSQL_DUPLICATE_ENTRY = 1062;
    private static final int MYSQL_DUPLICATE_ENTRY_WITH_KEY_NAME = 1586;
    private static final int MYSQL_LOCK_WAIT_TIMEOUT = 1205;
    private static final int MYSQL_DEADLOCK = 1213;
    private static final int MYSQL_INCORRECT_VALUE = 1366;
    private static final int MYSQL_CHECK_VIOLATED = 3819;
    private static final int H2_DUPLICATE_KEY = 23505;
    private static final int H2_LOCK_TIMEOUT = 50200;
    private static final int H2_CONCURRENT_UPDATE = 90131;

    static Failure of(SQLException e) {
        return switch (e.getErrorCode()) {
            case MYSQL_DUPLICATE_ENTRY, MYSQL_DUPLICATE_ENTRY_WITH_KEY_NAME, H2_DUPLICATE_KEY -> DUPLICATE_KEY;
            case MYSQL_LOCK_WAIT_TIMEOUT, MYSQL_DEADLOCK, H2_LOCK_TIMEOUT, H2_CONCURRENT_UPDATE -> VICTIM;
            // These two have the SQLState HY000, which says nothing.
            case MYSQL_INCORRECT_VALUE, MYSQL_CHECK_VIOLATED -> REFUSED;
            default -> ofState(e);
        };
    }

    private static Failure ofState(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("40")) {
            return VICTIM;
        }
        boolean dataOrConstraint = state.startsWith("22") || state.startsWith("23");
        return dataOrConstraint || e instanceof PacketTooBigException ? REFUSED : UNAVAILABLE;
    }

    /** The value of a meter's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
