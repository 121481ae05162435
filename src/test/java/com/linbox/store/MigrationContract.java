package com.linbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.group.Group;
import com.linbox.group.GroupState;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Member;
import com.linbox.group.Membership;
import com.linbox.group.Role;
import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import com.linbox.testing.SqlEngine;
import com.linbox.testing.SqlEngine.Database;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A database of the original is taken over with every row, whatever happens on the way. */
abstract class MigrationContract {

    private static final List<String> SCRIPTS = List.of(
            "V2__copy_of_the_originals_rows.sql",
            "V3__tables_in_our_shape.sql",
            "V4__copies_dropped.sql",
            "V5__copy_of_the_members.sql",
            "V6__members_with_their_groups.sql",
            "V7__copy_of_the_members_dropped.sql");

    private final SqlEngine engine;
    private final int everyNthCrash;

    /** @param everyNthCrash 1 tries a crash before each of the migrations' statements, 3 before each third of them */
    MigrationContract(SqlEngine engine, int everyNthCrash) {
        this.engine = engine;
        this.everyNthCrash = everyNthCrash;
    }

    /** The original's tables as it made them. */
    abstract List<String> originalTables();

    @Test
    void aDatabaseOfTheOriginalIsTakenOverWithEveryRow() throws Exception {
        Database database = original();

        try (HikariDataSource pool = TestDatabase.migratedPool(database)) {
            assertTakenOver(pool);
        }
    }

    @Test
    void rowsThatBreakOurKeysAreKept() throws Exception {
        Database database = engine.newDatabase();
        execute(
                database,
                "CREATE TABLE im_session_message (RId BIGINT, SessionId VARCHAR(32) NOT NULL, FromUserID BIGINT NOT NULL,"
                        + " ToUserID BIGINT NOT NULL, MsgID BIGINT, MimeType VARCHAR(64), Content VARCHAR(500),"
                        + " SendTime BIGINT, Created BIGINT)",
                "CREATE TABLE im_group_message (RId BIGINT, GroupId VARCHAR(32) NOT NULL, FromUserID BIGINT NOT NULL,"
                        + " MsgID BIGINT, MimeType VARCHAR(64), Content VARCHAR(500), SendTime BIGINT, Created BIGINT)",
                // A msg_id taken twice and one missing: numbered anew from 4.
                session("1_2", 1, 11, "4", "'four'", 100),
                session("1_2", 2, 12, "5", "'five, first'", 101),
                session("1_2", 1, 13, "5", "'five, second'", 102),
                session("1_2", 1, 14, "9", "'nine'", 103),
                session("1_2", 2, 15, "NULL", "'without'", 104),
                // Ids from 0: numbered anew from 1. And a sender's negative RId, which a new one must not meet.
                session("3_4", 3, -2, "0", "'zero'", 100),
                session("3_4", 3, 21, "1", "'one'", 101),
                session("3_4", 3, 21, "2", "'RId taken twice'", 102),
                session("3_4", 3, 21, "3", "'and again'", 103),
                session("3_4", 4, 21, "4", "'another sender'", 104),
                // Nothing wrong but a gap and what is missing.
                session("5_6", 5, 1, "10", "NULL", 100),
                session("5_6", 5, 2, "20", "'twenty'", 101),
                "INSERT INTO im_group_message VALUES (1, '77', 1, 3, 'text/plain', 'a', 100, 100)",
                "INSERT INTO im_group_message VALUES (1, '77', 1, 3, 'text/plain', 'b', 101, 101)",
                "INSERT INTO im_group_message VALUES (NULL, '77', 2, 4, NULL, NULL, NULL, 102)",
                "INSERT INTO im_group_message VALUES (1, '9223372036854775807', 2, 1, 'text/plain', 'largest', 1, 1)");

        try (HikariDataSource pool = TestDatabase.migratedPool(database)) {
            MessageStore store = store(pool);
            assertThat(summary(store, new Conversation.Session(1, 2)))
                    .containsExactly(
                            "8: 15 from 2: without",
                            "7: 14 from 1: nine",
                            "6: 13 from 1: five, second",
                            "5: 12 from 2: five, first",
                            "4: 11 from 1: four");
            assertThat(summary(store, new Conversation.Session(3, 4)))
                    .containsExactly(
                            "5: 21 from 4: another sender",
                            "4: -6 from 3: and again",
                            "3: -5 from 3: RId taken twice",
                            "2: 21 from 3: one",
                            "1: -2 from 3: zero");
            assertThat(summary(store, new Conversation.Session(5, 6)))
                    .containsExactly("20: 2 from 5: twenty", "10: 1 from 5: ");
            assertThat(summary(store, new Conversation.Group(77)))
                    .containsExactly("5: -5 from 2: ", "4: -4 from 1: b", "3: 1 from 1: a");
            assertThat(summary(store, new Conversation.Group(Long.MAX_VALUE))).containsExactly("1: 1 from 2: largest");
        }
    }

    @Test
    void aCrashBeforeAnyStatementLosesNothing() throws Exception {
        int crash = 0;
        for (int script = 0; script < SCRIPTS.size(); script++) {
            List<String> statements = statementsOf(SCRIPTS.get(script));
            for (int done = 1; done <= statements.size(); done++) {
                if (crash++ % everyNthCrash == 0) {
                    Database database = original();
                    TestDatabase.migrate(database, Integer.toString(script + 1));
                    execute(database, statements.subList(0, done).toArray(String[]::new));

                    try (HikariDataSource pool = TestDatabase.migratedPool(database)) {
                        assertTakenOver(pool);
                    }
                }
            }
        }
    }

    @Test
    void severalRoutersMayTakeADatabaseOverAtOnce() throws Exception {
        Database database = original();
        startRoutersAtOnce(database);
        try (HikariDataSource pool = TestDatabase.migratedPool(database)) {
            assertTakenOver(pool);
        }
    }

    @Test
    void severalRoutersMayStartAtOnceOnAnEmptyDatabase() throws Exception {
        Database database = engine.newDatabase();
        startRoutersAtOnce(database);
        assertThat(query(database, TestDatabase.APPLIED)).containsExactly("1", "2", "3", "4", "5", "6", "7");
    }

    private static void startRoutersAtOnce(Database database) throws Exception {
        CyclicBarrier start = new CyclicBarrier(4);
        Callable<Void> router = () -> {
            start.await();
            TestDatabase.migrate(database, "latest");
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(start.getParties());
        try {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(start.getParties(), router))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aGroupIdThatIsNoNumberStopsTheMigrationAndTouchesNothing() throws Exception {
        Database database = original();
        execute(database, "INSERT INTO im_group_message VALUES (1, 'abc', 1, 3, 'text/plain', 'a', 100, 100)");

        assertThatThrownBy(() -> TestDatabase.migrate(database, "latest")).hasMessageContaining("V2__");

        assertThat(query(database, "SELECT COUNT(*) FROM im_group_message")).containsExactly("4");
        assertThat(query(database, "SELECT COUNT(*) FROM im_session_message")).containsExactly("4");
    }

    private Database original() throws Exception {
        Database database = engine.newDatabase();
        execute(database, originalTables().toArray(String[]::new));
        execute(
                database,
                session("10_9", 10, 1, "1", "'caf\u00e9 \uD83D\uDE00'", 100),
                session("10_9", 9, 1, "2", "'hello'", 101),
                session("10_9", 9, 2, "7", "'after a gap'", 102),
                session("1000000000000001_20000000000002", 20000000000002L, 2, "1", "'long ids'", 103),
                "INSERT INTO im_group_message VALUES (1, '5', 9, 1, 'text/plain', 'a', 100, 100)",
                "INSERT INTO im_group_message VALUES (2, '5', 9, 2, 'text/plain', 'b', 101, 101)",
                "INSERT INTO im_group_message VALUES (1, '50', 9, 1, 'text/plain', 'c', 100, 100)",
                member(3, 5, 9, 1, 100),
                member(4, 5, 10, 0, 100),
                member(8, 5, 9, 2, 200),
                member(9, 6, 9, 0, 100),
                "INSERT INTO profile (AccountID, MDTCode, NickName, RealName, Avatar, City) VALUES ('9', 123, 'nick', 'real',"
                        + " 'a.png', 'Berlin')");
        return database;
    }

    private static void assertTakenOver(HikariDataSource pool) throws SQLException {
        MessageStore store = store(pool);
        Conversation chat = new Conversation.Session(9, 10);
        assertThat(summary(store, chat))
                .containsExactly(
                        "7: 2 from 9: after a gap", "2: 1 from 9: hello", "1: 1 from 10: caf\u00e9 \uD83D\uDE00");
        assertThat(summary(store, new Conversation.Session(1000000000000001L, 20000000000002L)))
                .containsExactly("1: 2 from 20000000000002: long ids");
        assertThat(summary(store, new Conversation.Group(5))).containsExactly("2: 2 from 9: b", "1: 1 from 9: a");
        assertThat(summary(store, new Conversation.Group(50))).containsExactly("1: 1 from 9: c");
        assertThat(query(
                        pool.getConnection(),
                        "SELECT Id, GroupId, AccountId, Role, Visible, SinceMsgID, MutedUntil, ChangedMsgID, Dissolved,"
                                + " Created, Updated FROM group_members ORDER BY Id"))
                .containsExactly(
                        "4 5 10 0 1 2 0 0 0 100 100", "8 5 9 2 1 2 0 0 0 100 200", "9 6 9 0 1 0 0 0 0 100 100");
        GroupState group = Objects.requireNonNull(groupStore(pool).load(5));
        assertThat(group.group()).isEqualTo(Group.ofOriginal(5));
        assertThat(group.members().find(9)).isEqualTo(new Member(9, Role.OWNER, 2, 0));
        assertThat(group.members().find(10)).isEqualTo(new Member(10, Role.MEMBER, 2, 0));
        assertThat(groupStore(pool).groupsOf(List.of(9L)).get(9L))
                .containsExactlyInAnyOrder(
                        new Membership(5, 9, 2, HistoryAccess.ALL), new Membership(6, 9, 0, HistoryAccess.ALL));
        assertThat(indexesOfMembers(pool)).containsExactlyInAnyOrder("member_id", "group_changes", "groups_of_member");
        assertThat(query(
                        pool.getConnection(),
                        "SELECT AccountID, MDTCode, NickName, RealName, Avatar, City FROM profile"))
                .containsExactly("9 123 nick real a.png Berlin");
        assertThat(store.append(
                                List.of(new Draft(chat, 9, 3, "text/plain", "x".repeat(16 * 1024))),
                                new Numbering(1),
                                200)
                        .get(0))
                .isInstanceOfSatisfying(
                        SendOutcome.Stored.class,
                        stored -> assertThat(stored.message().msgId()).isEqualTo(8));
        assertThatThrownBy(() -> execute(pool.getConnection(), member(20, 5, 10, 0, 300)))
                .isInstanceOf(SQLException.class);
        execute(
                pool.getConnection(),
                "INSERT INTO group_members (GroupId, AccountId, Created, Updated) VALUES (7, 7, 1, 1)",
                "UPDATE profile SET Avatar = 'https://example.org/" + "a".repeat(200) + "', NickName = '\uD83D\uDE00'");
    }

    /** But for the primary key. */
    private static Set<String> indexesOfMembers(HikariDataSource pool) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Connection connection = pool.getConnection();
                ResultSet rows = connection
                        .getMetaData()
                        .getIndexInfo(connection.getCatalog(), null, "group_members", false, false)) {
            while (rows.next()) {
                names.add(rows.getString("INDEX_NAME"));
            }
        }
        names.removeIf(name -> name.startsWith("PRIMARY"));
        return names;
    }

    private static String session(String session, long from, long request, String msgId, String content, long time) {
        String[] ends = session.split("_");
        String to = ends[0].equals(Long.toString(from)) ? ends[1] : ends[0];
        return "INSERT INTO im_session_message (RId, SessionId, FromUserID, ToUserID, MsgID, MimeType, Content, SendTime,"
                + " Created) VALUES (" + request + ", '" + session + "', " + from + ", " + to + ", " + msgId
                + ", 'text/plain', " + content + ", " + time + ", " + time + ")";
    }

    private static String member(long id, long group, long account, int role, long updated) {
        return "INSERT INTO group_members (Id, GroupId, AccountId, Role, Created, Updated) VALUES (" + id + ", " + group
                + ", " + account + ", " + role + ", 100, " + updated + ")";
    }

    private static MessageStore store(HikariDataSource pool) {
        return new JdbcMessageStore(pool, new StoreMeters(new SimpleMeterRegistry()));
    }

    private static GroupStore groupStore(HikariDataSource pool) {
        return new JdbcGroupStore(pool, new StoreMeters(new SimpleMeterRegistry()));
    }

    private static List<String> summary(MessageStore store, Conversation conversation) {
        return store.pull(conversation, 0, Long.MAX_VALUE, 100).stream()
                .map(MigrationContract::summary)
                .toList();
    }

    private static String summary(Message message) {
        return message.msgId() + ": " + message.requestId() + " from " + message.senderId() + ": " + message.content();
    }

    /** No statement of ours has a semicolon inside. */
    private static List<String> statementsOf(String script) throws IOException {
        try (InputStream file = MigrationContract.class.getResourceAsStream("/db/migration/" + script)) {
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(sql.split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty() && !statement.startsWith("/*!"))
                    .toList();
        }
    }

    private static void execute(Database database, String... statements) throws SQLException {
        execute(database.connect(), statements);
    }

    private static void execute(Connection open, String... statements) throws SQLException {
        try (Connection connection = open;
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(Database database, String sql) throws SQLException {
        return query(database.connect(), sql);
    }

    /** Each row's columns with a space between them. */
    private static List<String> query(Connection open, String sql) throws SQLException {
        try (Connection connection = open;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> result = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(rows.getString(column));
                }
                result.add(String.join(" ", row));
            }
            return result;
        }
    }
}
