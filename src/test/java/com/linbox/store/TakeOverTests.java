package com.linbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.SqlEngine.Database;
import com.linbox.testing.WithEngines;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@WithEngines(MariaDbEngine.class)
class TakeOverTests {

    private final MariaDbEngine mariaDb;

    TakeOverTests(MariaDbEngine mariaDb) {
        this.mariaDb = mariaDb;
    }

    /** At every moment until this router has the lock; from then on the other one waits. */
    @Test
    void aDatabaseInWhichAnotherRouterHasJustBegunIsNotTakenForTheOriginals() throws Exception {
        int moments = 0;
        Interruption interruption;
        do {
            Database database = mariaDb.newDatabase();
            // The other one has come as far as an empty history ("?": no migration need have this version).
            interruption = new Interruption(++moments, () -> TestDatabase.migrate(database, "0?"));

            TestDatabase.migrate(database, interruption.dataSource(database));

            assertThat(applied(database))
                    .as("begun before statement %d", moments)
                    .containsExactly("1", "2", "3", "4", "5", "6", "7");
        } while (interruption.happened);
        assertThat(moments).isGreaterThan(5);
    }

    private static List<String> applied(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TestDatabase.APPLIED)) {
            List<String> versions = new ArrayList<>();
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
            return versions;
        }
    }

    /** Does something before the nth statement of a data source, unless that comes after the lock. */
    private static final class Interruption {

        private final Runnable what;
        private int statementsBefore;
        private boolean locked;
        private boolean happened;

        Interruption(int statement, Runnable what) {
            this.statementsBefore = statement;
            this.what = what;
        }

        DataSource dataSource(Database database) {
            return new DriverManagerDataSource(database.url(), database.user(), database.password()) {
                @Override
                public Connection getConnection() throws SQLException {
                    return watched(super.getConnection());
                }
            };
        }

        private Connection watched(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            before((String) arguments[0]);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private void before(String sql) {
            locked |= sql.contains("GET_LOCK");
            if (!locked && --statementsBefore == 0) {
                happened = true;
                what.run();
            }
        }
    }
}
