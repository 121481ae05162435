package com.linbox.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A router's turn to bring the tables of an H2 database to their shape. Flyway's own lock comes too late there: it is one of its
 * history, and H2 may fail with a {@code ConcurrentModificationException} in one router that looks at the history while
 * another makes it. So the lock is of a row that has a schema of its own, in which Flyway does not look for tables of the
 * original. Other databases need none.
 */
final class Turn implements AutoCloseable {

    private static final String SCHEMA = "CREATE SCHEMA IF NOT EXISTS linbox_turns";
    private static final String TABLE =
            "CREATE TABLE IF NOT EXISTS linbox_turns.migration (turn INT PRIMARY KEY) AS VALUES (1)";
    private static final String LOCK = "SELECT turn FROM linbox_turns.migration FOR UPDATE";
    private static final String PATIENCE = "SET LOCK_TIMEOUT 600000";

    private final @Nullable Connection holder;

    private Turn(@Nullable Connection holder) {
        this.holder = holder;
    }

    static boolean isH2(JdbcConnectionDetails database) {
        return database.getJdbcUrl().startsWith("jdbc:h2:");
    }

    /** Waits for it. A process that ends has its turn no more. */
    static Turn await(JdbcConnectionDetails database) throws SQLException {
        if (!isH2(database)) {
            return new Turn(null);
        }
        Connection connection =
                DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
        try (Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
            makeSchema(statement);
            statement.execute(TABLE);
            connection.setAutoCommit(false);
            statement.execute(LOCK);
            return new Turn(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** H2 looks whether a schema exists before it waits for those who are making one. */
    private static void makeSchema(Statement statement) throws SQLException {
        try {
            statement.execute(SCHEMA);
        } catch (SQLException perhapsMade) {
            statement.execute(SCHEMA);
        }
    }

    @Override
    public void close() throws SQLException {
        if (holder != null) {
            holder.commit();
            holder.close();
        }
    }
}
