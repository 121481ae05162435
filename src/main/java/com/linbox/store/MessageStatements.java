package com.linbox.store;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.h2.jdbc.JdbcConnection;

/** The statements of {@link MessageTable}, carried out over one connection that commits by itself. */
final class MessageStatements {

    /** How many branches a UNION ALL has at most: each opens the table once more. */
    private static final int MAX_BRANCHES = 100;

    private final Connection connection;

    MessageStatements(Connection connection) {
        this.connection = connection;
    }

    /**
     * Inserts all of these rows, and with them the consequence of the first; or none, and false is returned, where that one
     * cannot be. All of it outlives this process when the method returns.
     */
    boolean insert(List<Message> messages, Consequence consequence) throws SQLException {
        List<List<Message>> chunks = Chunks.of(messages);
        boolean stored = true;
        if (chunks.size() == 1 && consequence == Consequence.NONE) {
            // One statement is a transaction of its own: no further way to the server and back.
            insertChunk(chunks.get(0));
        } else if (!chunks.isEmpty()) {
            stored = inTransaction(() -> {
                for (List<Message> chunk : chunks) {
                    insertChunk(chunk);
                }
                return consequence.carryOut(connection, messages.get(0).msgId());
            });
        }
        if (connection.isWrapperFor(JdbcConnection.class)) {
            checkpoint();
        }
        return stored;
    }

    /** H2 has what is committed in its memory; this has it in the file. */
    private void checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    /** Those of these rows that the database does not accept whatever the others are. Nothing is stored. */
    List<Message> refused(List<Message> messages) throws SQLException {
        List<Message> refused = new ArrayList<>();
        inTransaction(() -> {
            for (List<Message> chunk : Chunks.of(messages)) {
                findRefused(chunk, refused);
            }
            return false;
        });
        return refused;
    }

    private void findRefused(List<Message> chunk, List<Message> refused) throws SQLException {
        try {
            insertChunk(chunk);
        } catch (SQLException e) {
            if (Failure.of(e) != Failure.REFUSED) {
                throw e;
            }
            int half = chunk.size() / 2;
            if (half == 0) {
                refused.addAll(chunk);
            } else {
                findRefused(chunk.subList(0, half), refused);
                findRefused(chunk.subList(half, chunk.size()), refused);
            }
        }
    }

    private void insertChunk(List<Message> messages) throws SQLException {
        MessageTable table = MessageTable.of(messages.get(0).conversation());
        try (PreparedStatement statement = connection.prepareStatement(table.insert(messages.size()))) {
            int at = 1;
            for (Message message : messages) {
                at = table.bindRow(statement, at, message);
            }
            statement.executeUpdate();
        }
    }

    /** Gives a message another type and content; false where there is no such message. */
    boolean revise(Conversation conversation, Revision revision) throws SQLException {
        MessageTable table = MessageTable.of(conversation);
        try (PreparedStatement statement = connection.prepareStatement(table.revise())) {
            statement.setString(1, revision.mimeType());
            statement.setString(2, revision.content());
            int at = table.bindConversation(statement, 3, conversation);
            statement.setLong(at, revision.msgId());
            return statement.executeUpdate() == 1;
        }
    }

    /** The messages that these drafts have become already. */
    List<Message> byRequest(Collection<Draft> drafts) throws SQLException {
        List<Message> found = new ArrayList<>();
        inBranches(
                drafts,
                Draft::conversation,
                MessageTable::byRequest,
                MessageTable::bindRequest,
                row -> found.add(MessageTable.message(row)));
        return found;
    }

    Map<Conversation, Message> newest(Collection<Conversation> conversations) throws SQLException {
        Map<Conversation, Message> newest = new HashMap<>();
        inBranches(conversations, Function.identity(), MessageTable::newest, MessageTable::bindConversation, row -> {
            Message message = MessageTable.message(row);
            newest.put(message.conversation(), message);
        });
        return newest;
    }

    /** 0 where there is no message. */
    Map<Conversation, Long> newestMsgIds(Collection<Conversation> conversations) throws SQLException {
        Map<Conversation, Long> newest = new HashMap<>();
        conversations.forEach(conversation -> newest.put(conversation, 0L));
        inBranches(
                conversations,
                Function.identity(),
                MessageTable::newestMsgIds,
                MessageTable::bindConversation,
                row -> newest.put(MessageTable.conversation(row), row.getLong(2)));
        return newest;
    }

    List<Message> pull(Conversation conversation, long afterMsgId, long upToMsgId, int limit) throws SQLException {
        MessageTable table = MessageTable.of(conversation);
        try (PreparedStatement statement = connection.prepareStatement(table.pull())) {
            int at = table.bindConversation(statement, 1, conversation);
            statement.setLong(at, afterMsgId);
            statement.setLong(at + 1, upToMsgId);
            statement.setInt(at + 2, limit);
            List<Message> messages = new ArrayList<>(Math.min(limit, 1000));
            forEachRow(statement, row -> messages.add(MessageTable.message(row)));
            return messages;
        }
    }

    private interface Sql {
        String of(MessageTable table, int branches);
    }

    private interface Binder<T> {
        /** Binds one branch and returns where the next one begins. */
        int bind(MessageTable table, PreparedStatement statement, int at, T item) throws SQLException;
    }

    interface RowHandler {
        void handle(ResultSet row) throws SQLException;
    }

    private interface Work {
        /** Returns whether it is to be committed. */
        boolean run() throws SQLException;
    }

    private <T> void inBranches(
            Collection<T> items, Function<T, Conversation> conversation, Sql sql, Binder<T> binder, RowHandler rows)
            throws SQLException {
        for (MessageTable table : MessageTable.values()) {
            List<T> ofTable = items.stream()
                    .filter(item -> MessageTable.of(conversation.apply(item)) == table)
                    .toList();
            for (int from = 0; from < ofTable.size(); from += MAX_BRANCHES) {
                List<T> branches = ofTable.subList(from, Math.min(from + MAX_BRANCHES, ofTable.size()));
                try (PreparedStatement statement = connection.prepareStatement(sql.of(table, branches.size()))) {
                    int at = 1;
                    for (T branch : branches) {
                        at = binder.bind(table, statement, at, branch);
                    }
                    forEachRow(statement, rows);
                }
            }
        }
    }

    static void forEachRow(PreparedStatement statement, RowHandler rows) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.handle(result);
            }
        }
    }

    private boolean inTransaction(Work work) throws SQLException {
        connection.setAutoCommit(false);
        boolean commit;
        try {
            commit = work.run();
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
        } catch (SQLException e) {
            rollback(e);
            throw e;
        }
        connection.setAutoCommit(true);
        return commit;
    }

    private void rollback(SQLException cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
