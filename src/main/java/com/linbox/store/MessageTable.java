package com.linbox.store;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;

/**
 * The two tables of messages and the text of every statement on them. Each statement names the conversation, and each is
 * read from an index's end by MySQL, MariaDB and H2 alike: what asks for several conversations is one branch for each,
 * because no form of GROUP BY or IN is worked out that way by all three.
 */
enum MessageTable {
    SESSION("im_session_message", "SessionId", ", ToUserID") {

        @Override
        int bindConversation(PreparedStatement statement, int at, Conversation conversation) throws SQLException {
            statement.setString(at, conversation.key());
            return at + 1;
        }

        @Override
        int bindFurther(PreparedStatement statement, int at, Message message) throws SQLException {
            Conversation.Session session = (Conversation.Session) message.conversation();
            statement.setLong(at, session.partnerOf(message.senderId()));
            return at + 1;
        }
    },
    GROUP("im_group_message", "GroupId", "") {

        @Override
        int bindConversation(PreparedStatement statement, int at, Conversation conversation) throws SQLException {
            statement.setLong(at, ((Conversation.Group) conversation).groupId());
            return at + 1;
        }

        @Override
        int bindFurther(PreparedStatement statement, int at, Message message) {
            return at;
        }
    };

    private final String insertInto;

    private final String insertedRow;
    private final String newestMsgId;
    private final String newest;
    private final String byRequest;
    private final String pull;
    private final String revise;

    MessageTable(String table, String conversation, String further) {
        String columns = conversation + ", MsgID, FromUserID, RId, MimeType, Content, SendTime";
        String select = "SELECT " + columns + " FROM " + table + " WHERE " + conversation + " = ?";
        // Naming the conversation, constant as it is, is what lets H2 walk the primary key backwards instead of
        // sorting.
        String newestFirst = " ORDER BY " + conversation + " DESC, MsgID DESC LIMIT ";
        this.insertInto = "INSERT INTO " + table + " (" + columns + ", Created" + further + ") VALUES ";
        this.insertedRow = further.isEmpty() ? "(?,?,?,?,?,?,?,?)" : "(?,?,?,?,?,?,?,?,?)";
        this.newestMsgId = "(SELECT " + conversation + ", MsgID FROM " + table + " WHERE " + conversation + " = ?"
                + newestFirst + "1)";
        this.newest = "(" + select + newestFirst + "1)";
        this.byRequest = "(" + select + " AND FromUserID = ? AND RId = ?)";
        this.pull = select + " AND MsgID > ? AND MsgID <= ?" + newestFirst + "?";
        this.revise = "UPDATE " + table + " SET MimeType = ?, Content = ? WHERE " + conversation + " = ? AND MsgID = ?";
    }

    static MessageTable of(Conversation conversation) {
        return conversation instanceof Conversation.Session ? SESSION : GROUP;
    }

    /** Binds the conversation, and returns where to go on. */
    abstract int bindConversation(PreparedStatement statement, int at, Conversation conversation) throws SQLException;

    /** Binds the column that the other table has not, and returns where to go on. */
    abstract int bindFurther(PreparedStatement statement, int at, Message message) throws SQLException;

    String insert(int rows) {
        return repeated(insertInto, insertedRow, ",", rows);
    }

    /** Binds one row of {@link #insert}, and returns where the next one begins. */
    int bindRow(PreparedStatement statement, int at, Message message) throws SQLException {
        bindConversation(statement, at, message.conversation());
        statement.setLong(at + 1, message.msgId());
        statement.setLong(at + 2, message.senderId());
        statement.setLong(at + 3, message.requestId());
        statement.setString(at + 4, message.mimeType());
        statement.setString(at + 5, message.content());
        statement.setLong(at + 6, message.sendTime());
        statement.setLong(at + 7, message.sendTime());
        return bindFurther(statement, at + 8, message);
    }

    /** Conversation and newest msg_id of each of so many conversations. */
    String newestMsgIds(int conversations) {
        return repeated("", newestMsgId, " UNION ALL ", conversations);
    }

    /** The newest message of each of so many conversations. */
    String newest(int conversations) {
        return repeated("", newest, " UNION ALL ", conversations);
    }

    /** The messages that so many drafts became, where they are stored. */
    String byRequest(int drafts) {
        return repeated("", byRequest, " UNION ALL ", drafts);
    }

    /** Binds one branch of {@link #byRequest}, and returns where the next one begins. */
    int bindRequest(PreparedStatement statement, int at, Draft draft) throws SQLException {
        bindConversation(statement, at, draft.conversation());
        statement.setLong(at + 1, draft.senderId());
        statement.setLong(at + 2, draft.requestId());
        return at + 3;
    }

    /** A conversation's messages between two msg_ids, the second inclusive; the last parameter is how many at most. */
    String pull() {
        return pull;
    }

    /** Another type and content for the message of a conversation and msg_id. */
    String revise() {
        return revise;
    }

    static Conversation conversation(ResultSet row) throws SQLException {
        return Conversation.ofKey(row.getString(1));
    }

    static Message message(ResultSet row) throws SQLException {
        return new Message(
                conversation(row),
                row.getLong(3),
                row.getLong(4),
                row.getLong(2),
                row.getString(5),
                row.getString(6),
                row.getLong(7));
    }

    private static String repeated(String prefix, String part, String separator, int times) {
        return prefix + String.join(separator, Collections.nCopies(times, part));
    }
}
