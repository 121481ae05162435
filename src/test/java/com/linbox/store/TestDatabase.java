package com.linbox.store;

import com.linbox.testing.SqlEngine.Database;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** A database as a router opens it. */
final class TestDatabase {

    /** The versions of the migrations that were applied, a baseline among them. */
    static final String APPLIED =
            "SELECT version FROM flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank";

    private TestDatabase() {}

    /** Brings the tables to our shape and opens a pool. */
    static HikariDataSource migratedPool(Database database) {
        migrate(database, "latest");
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

    /** Brings the tables to the shape of a version, as a router that starts does. */
    static void migrate(Database database, String version) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .target(version);
        migrate(database, configuration);
    }

    /** The same with a connection of the test's. */
    static void migrate(Database database, DataSource dataSource) {
        migrate(database, Flyway.configure().dataSource(dataSource));
    }

    private static void migrate(Database database, FluentConfiguration configuration) {
        TakeOver takeOver = new TakeOver(details(database));
        takeOver.customize(configuration);
        takeOver.migrate(configuration.load());
    }

    static JdbcConnectionDetails details(Database database) {
        return new Details(database);
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
