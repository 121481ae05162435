package com.linbox.store;

import com.linbox.health.AbsentEngineException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Waits at the start for a database that is not there yet: what belongs together is started in any order, and comes back in any
 * order where all of it was down. A database that answers, be it by a refusal, is not waited for, and H2 is a part of this process.
 */
final class DatabaseArrival {

    private static final Logger log = LoggerFactory.getLogger(DatabaseArrival.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** SQL:2016: the class of all connection exceptions. */
    private static final String CONNECTION_EXCEPTION = "08";

    private DatabaseArrival() {}

    /**
     * Returns when it answers.
     *
     * @throws AbsentEngineException where it does not in this time
     */
    static void await(JdbcConnectionDetails database, Duration atMost) throws InterruptedException {
        if (Turn.isH2(database)) {
            return;
        }
        long begin = System.nanoTime();
        SQLException absence = absence(database);
        if (absence != null) {
            log.warn(
                    "The database at {} does not answer ({}); waiting for it",
                    place(database),
                    String.valueOf(absence.getMessage()).lines().findFirst().orElse(""));
        }
        while (absence != null) {
            if (System.nanoTime() - begin > atMost.toNanos()) {
                throw new AbsentEngineException("spring.datasource.url", place(database), atMost, absence);
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            absence = absence(database);
            if (absence == null) {
                log.info("The database answers");
            }
        }
    }

    /** Without the options, which may be secrets. */
    private static String place(JdbcConnectionDetails database) {
        return database.getJdbcUrl().split("[?;]", 2)[0];
    }

    /** Why it is not there; null where it is. */
    private static @Nullable SQLException absence(JdbcConnectionDetails database) {
        try {
            DriverManager.getConnection(database.getJdbcUrl(), properties(database))
                    .close();
            return null;
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState()).startsWith(CONNECTION_EXCEPTION) ? e : null;
        }
    }

    private static Properties properties(JdbcConnectionDetails database) {
        Properties properties = new Properties();
        ConnectionDefaults.driverDefaults(database.getJdbcUrl()).forEach(properties::setProperty);
        if (database.getUsername() != null) {
            properties.setProperty("user", database.getUsername());
        }
        if (database.getPassword() != null) {
            properties.setProperty("password", database.getPassword());
        }
        return properties;
    }
}
