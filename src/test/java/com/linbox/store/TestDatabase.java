package com.linbox.store;

import com.linbox.testing.SqlEngine.Database;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** A database as a router opens it. */
final class TestDatabase {

    private TestDatabase() {}

    /** Brings the tables to our shape and opens a pool. */
    static HikariDataSource migratedPool(Database database) {
        flyway(database).load().migrate();
        return pool(database);
    }

    static HikariDataSource pool(Database database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        new ConnectionDefaults().postProcessBeforeInitialization(pool, "dataSource");
        return pool;
    }

    static FluentConfiguration flyway(Database database) {
        FluentConfiguration configuration =
                Flyway.configure().dataSource(database.url(), database.user(), database.password());
        new TakeOver(new Details(database)).customize(configuration);
        return configuration;
    }

    private record Details(Database database) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return database.user();
        }

        @Override
        public String getPassword() {
            return database.password();
        }

        @Override
        public String getJdbcUrl() {
            return database.url();
        }
    }
}
