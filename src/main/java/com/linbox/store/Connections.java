package com.linbox.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections to the database, each for one piece of work. */
final class Connections {

    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final StoreMeters meters;

    Connections(DataSource dataSource, StoreMeters meters) {
        this.dataSource = dataSource;
        this.meters = meters;
    }

    <T> T use(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            meters.unavailable();
            throw new StoreUnavailableException(
                    "The database cannot be asked (SQLSTATE " + e.getSQLState() + ", error " + e.getErrorCode() + ")",
                    e);
        }
    }
}
