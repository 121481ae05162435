package com.linbox.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Flyway's part in the start of a router: a database that has tables but not Flyway's history is one of the original
 * LINBOX, to be taken over from version 0. Several routers starting at once take turns, by a lock of Flyway's in the
 * database, and on H2 by {@link Turn} before. A database that is not there yet is waited for.
 */
final class TakeOver implements FlywayConfigurationCustomizer, FlywayMigrationStrategy {

    /** As long as a database may take that recovers from a crash, or makes its first files. */
    private static final Duration LONGEST_ARRIVAL = Duration.ofMinutes(2);

    private final JdbcConnectionDetails connection;

    TakeOver(JdbcConnectionDetails connection) {
        this.connection = connection;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.baselineVersion("0");
        if (configuration.getDataSource() instanceof HikariDataSource) {
            // The pool's connections give up on an answer after seconds; copying an old table takes as long as it
            // takes.
            configuration.dataSource(connection.getJdbcUrl(), connection.getUsername(), connection.getPassword());
        }
    }

    /**
     * Takes a database over only where Flyway says that it is one to be taken over. Told to beforehand, it takes an empty
     * database in which another router has just begun for one of the original, and fails. Without having been told, it
     * looks for the history a second time before it complains, and the history is the first thing that a router makes.
     */
    @Override
    public void migrate(Flyway flyway) {
        try {
            DatabaseArrival.await(connection, LONGEST_ARRIVAL);
            migrateInTurn(flyway);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlywayException("Interrupted while waiting for the database", e);
        }
    }

    private void migrateInTurn(Flyway flyway) {
        try (Turn turn = Turn.await(connection)) {
            migrateNow(flyway);
        } catch (SQLException e) {
            throw new FlywayException("Cannot wait for other routers that start: " + e.getMessage(), e);
        }
    }

    private static void migrateNow(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            if (e.getErrorCode() != CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw e;
            }
            Flyway.configure()
                    .configuration(flyway.getConfiguration())
                    .baselineOnMigrate(true)
                    .load()
                    .migrate();
        }
    }
}
