package com.linbox.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A database server. Its {@link #properties()} name one database that all Spring contexts of the JVM share. */
public interface SqlEngine extends Engine {

    /** A new, empty database on this server, for one test class. */
    Database newDatabase() throws Exception;

    /** Where a database is and who may do everything in it. */
    record Database(String url, String user, String password) {

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        public Map<String, String> springProperties() {
            return Map.of(
                    "spring.datasource.url", url,
                    "spring.datasource.username", user,
                    "spring.datasource.password", password);
        }
    }
}
