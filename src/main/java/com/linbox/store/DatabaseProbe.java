package com.linbox.store;

import com.linbox.health.Engine;
import com.linbox.health.EngineProbe;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Asks the database over a connection of the pool, as everybody does: where all are in use for too long, the database is as good as away. */
final class DatabaseProbe implements EngineProbe {

    private final DataSource dataSource;

    DatabaseProbe(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Engine engine() {
        return Engine.DATABASE;
    }

    @Override
    public void ask(Duration atMost) throws SQLException {
        // By a statement that fails, and not by Connection.isValid, a pool learns that a connection is of no use any
        // more.
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) Math.max(1, atMost.toSeconds()));
            statement.execute("SELECT 1");
        }
    }
}
