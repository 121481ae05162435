package com.linbox.testing;

import com.linbox.testing.SqlEngine.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The administrator's way into a MySQL or MariaDB server.
 *
 * @param options the JDBC URL's further parameters, beginning with {@code ?}, or empty
 */
record SqlServer(String host, int port, String user, String password, String options) {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The one that {@link SqlServerEngine} makes. */
    static SqlServer onLoopback(int port) {
        return new SqlServer("127.0.0.1", port, "linbox", "linbox", "?sslMode=DISABLED&allowPublicKeyRetrieval=true");
    }

    boolean answers() throws SQLException {
        try (Connection connection = database("").connect()) {
            return connection.isValid(1);
        }
    }

    Database newDatabase() throws SQLException {
        String name = "linbox_" + DATABASES.incrementAndGet();
        try (Connection connection = database("").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        }
        return database(name);
    }

    private Database database(String name) {
        return new Database("jdbc:mysql://" + host + ":" + port + "/" + name + options, user, password);
    }
}
