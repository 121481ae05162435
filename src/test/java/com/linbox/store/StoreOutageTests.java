package com.linbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.health.AbsentEngineException;
import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.SqlEngine.Database;
import com.linbox.testing.TcpProxy;
import com.linbox.testing.WithEngines;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database is away, freezes, fills up, comes back. */
@WithEngines(MariaDbEngine.class)
class StoreOutageTests {

    private static final Conversation CHAT = new Conversation.Session(1, 2);

    private final Numbering numbering = new Numbering(10);
    private final Database direct;
    private final TcpProxy proxy;
    private HikariDataSource pool;
    private MessageStore store;

    StoreOutageTests(MariaDbEngine engine) throws Exception {
        direct = engine.newDatabase();
        URI address = URI.create(direct.url().substring("jdbc:".length()));
        proxy = new TcpProxy(address.getHost(), address.getPort());
    }

    @BeforeEach
    void open() {
        TestDatabase.migrate(direct, "latest");
        String url = direct.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + proxy.port() + "/");
        pool = TestDatabase.pool(new Database(url, direct.user(), direct.password()));
        store = new JdbcMessageStore(pool, new StoreMeters(new SimpleMeterRegistry()));
        assertThat(append(1)).isEqualTo(1);
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        pool.close();
    }

    @Test
    void anAbsentDatabaseIsNoticedAndItsReturnToo() throws Exception {
        proxy.refuse();

        assertUnavailable(2);
        assertThatThrownBy(() -> store.pull(CHAT, 0, 1, 1)).isInstanceOf(StoreUnavailableException.class);

        proxy.restore();
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> append(2) == 2);
        assertStored(1L, 2L);
    }

    @Test
    void aDatabaseThatIsNotThereYetIsWaitedForAtTheStart() throws Exception {
        String url = pool.getJdbcUrl();
        Database behindProxy = new Database(url, direct.user(), direct.password());
        proxy.refuse();
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> TestDatabase.migrate(behindProxy, "latest"));
        assertThatThrownBy(() -> start.get(3, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        proxy.restore();
        start.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aDatabaseThatDoesNotComeIsToldWithItsAddressAndNoOptions() throws Exception {
        String url = pool.getJdbcUrl();
        proxy.refuse();

        assertThatThrownBy(() -> DatabaseArrival.await(
                        TestDatabase.details(new Database(url, direct.user(), direct.password())),
                        Duration.ofSeconds(1)))
                .isInstanceOf(AbsentEngineException.class)
                .hasMessage(
                        "spring.datasource.url: %s does not answer (waited for 1 s); is that right, and is it running?",
                        url.substring(0, url.indexOf('?')));
    }

    @Test
    void aDatabaseThatRefusesThePasswordIsNotWaitedFor() {
        Database wrong = new Database(direct.url(), direct.user(), "wrong");

        assertThatThrownBy(() -> TestDatabase.migrate(wrong, "latest"))
                .isInstanceOf(FlywayException.class)
                .hasStackTraceContaining("Access denied");
    }

    @Test
    void aProbeSaysWhetherTheDatabaseAnswers() throws Exception {
        DatabaseProbe probe = new DatabaseProbe(pool);
        probe.ask(Duration.ofSeconds(5));
        proxy.refuse();
        assertThatThrownBy(() -> probe.ask(Duration.ofSeconds(1))).isInstanceOf(SQLException.class);
        proxy.restore();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> probe.ask(Duration.ofSeconds(1)));
    }

    @Test
    void aFrozenDatabaseIsNoticedWithinSeconds() throws Exception {
        proxy.freeze();
        long begin = System.nanoTime();

        assertUnavailable(2);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(14));
        proxy.restore();
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> append(3) > 0);
        // What was under way when the server froze may have got there: then it is found, and nothing is stored twice.
        append(2);
        assertDense();
    }

    @Test
    void aRowLockedForLongIsWaitedForAndThenTriedAgain() throws Exception {
        try (Connection other = direct.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO im_session_message (SessionId, MsgID, FromUserID, ToUserID, RId, MimeType,"
                    + " Content, SendTime, Created) VALUES ('1_2', 2, 2, 1, 77, '', 'in another transaction', 0, 0)");
            Thread release = new Thread(() -> {
                try {
                    Awaitility.await().until(() -> waitsForLock(direct));
                    other.rollback();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            release.start();

            assertThat(append(2)).isEqualTo(2);
            release.join();
        }
        assertStored(1L, 2L);
    }

    @Test
    void anAccountWithoutTheRightsIsNoReasonToRefuseMessages() throws Exception {
        try (Connection connection = direct.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS reader IDENTIFIED BY 'secret'");
            statement.execute("GRANT SELECT ON " + connection.getCatalog() + ".* TO reader");
        }
        try (HikariDataSource readOnly = TestDatabase.pool(new Database(direct.url(), "reader", "secret"))) {
            MessageStore reading = new JdbcMessageStore(readOnly, new StoreMeters(new SimpleMeterRegistry()));

            assertThat(reading.pull(CHAT, 0, 10, 10)).hasSize(1);
            assertThatThrownBy(() -> reading.append(List.of(draft(2)), numbering, 0))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(append(2)).isEqualTo(2);
    }

    @Test
    void theRightsThatCreateDatabaseGrantsSuffice() throws Exception {
        String[] script = Files.readString(Path.of("db", "create-database.sql"))
                .replaceAll("(?m)^--.*$", "")
                .split(";");
        try (Connection connection = direct.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : script) {
                if (!sql.isBlank()) {
                    statement.execute(sql.replace("'linbox'@", "'operator'@"));
                }
            }
        }
        String url = direct.url().replaceFirst("/linbox_[0-9]+", "/linbox");

        try (HikariDataSource least = TestDatabase.migratedPool(new Database(url, "operator", "change-me"))) {
            MessageStore own = new JdbcMessageStore(least, new StoreMeters(new SimpleMeterRegistry()));

            assertThat(own.append(List.of(draft(1)), new Numbering(1), 0).get(0))
                    .isInstanceOf(SendOutcome.Stored.class);
        }
    }

    private static boolean waitsForLock(Database database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT 1 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")) {
            return rows.next();
        }
    }

    private void assertUnavailable(long request) {
        assertThatThrownBy(() -> append(request)).isInstanceOf(StoreUnavailableException.class);
    }

    private static Draft draft(long request) {
        return new Draft(CHAT, 1, request, "text/plain", "m" + request);
    }

    private long append(long request) {
        SendOutcome outcome =
                store.append(List.of(draft(request)), numbering, 0).get(0);
        return outcome instanceof SendOutcome.Stored stored
                ? stored.message().msgId()
                : ((SendOutcome.Duplicate) outcome).first().msgId();
    }

    private void assertStored(Long... requests) {
        assertThat(store.pull(CHAT, 0, Long.MAX_VALUE, 100))
                .extracting(Message::requestId)
                .containsExactlyInAnyOrder(requests);
        assertDense();
    }

    private void assertDense() {
        List<Message> stored = store.pull(CHAT, 0, Long.MAX_VALUE, 100);
        for (int i = 0; i < stored.size(); i++) {
            assertThat(stored.get(i).msgId()).isEqualTo(stored.size() - i);
        }
    }
}
