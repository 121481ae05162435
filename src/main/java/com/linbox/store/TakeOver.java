package com.linbox.store;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Flyway's part in the start of a router: a database without Flyway's history is one of the original LINBOX, to be taken
 * over from version 0. Several routers starting at once take turns, by a lock of Flyway's in the database.
 */
final class TakeOver implements FlywayConfigurationCustomizer {

    private final JdbcConnectionDetails connection;

    TakeOver(JdbcConnectionDetails connection) {
        this.connection = connection;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.baselineOnMigrate(true).baselineVersion("0");
        if (configuration.getDataSource() instanceof HikariDataSource) {
            // The pool's connections give up on an answer after seconds; copying an old table takes as long as it
            // takes.
            configuration.dataSource(connection.getJdbcUrl(), connection.getUsername(), connection.getPassword());
        }
    }
}
