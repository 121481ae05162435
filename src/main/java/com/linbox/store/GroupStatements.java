package com.linbox.store;

import com.linbox.group.Group;
import com.linbox.group.GroupState;
import com.linbox.group.GroupUpdate;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Member;
import com.linbox.group.Members;
import com.linbox.group.Membership;
import com.linbox.group.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/** The statements on group_members, carried out over one connection. Those that write leave the commit to others. */
final class GroupStatements {

    /** The account of a group's head row, which is about the group itself. */
    static final long HEAD = 0;

    private static final int MAX_USERS = 500;
    private static final int MAX_BRANCHES = 100;

    private static final String ROWS = "SELECT AccountId, Role, Visible, SinceMsgID, MutedUntil, ChangedMsgID, Name,"
            + " Invite, History, Dissolved FROM group_members WHERE GroupId = ?";
    private static final String PRESENT = ROWS + " AND (Visible = 1 OR AccountId = 0)";
    private static final String CHANGED = ROWS + " AND ChangedMsgID > ?";
    private static final String FIRST = ROWS + " ORDER BY AccountId LIMIT 1";
    private static final String MEMBERS = ROWS + " AND AccountId > ? AND Visible = 1 ORDER BY AccountId LIMIT ?";
    private static final String MEMBER_COUNT = "SELECT COUNT(*) FROM group_members WHERE GroupId = ? AND Visible = 1";
    private static final String VERSION = "SELECT ChangedMsgID FROM group_members WHERE GroupId = ? AND AccountId = 0";

    private static final String PUT = "INSERT INTO group_members (GroupId, AccountId, Role, Visible, SinceMsgID,"
            + " MutedUntil, ChangedMsgID, Name, Invite, History, Dissolved, Created, Updated) VALUES ";
    private static final String PUT_ROW = "(?,?,?,?,?,?,?,?,?,?,?,?,?)";
    private static final String PUT_OVER = " ON DUPLICATE KEY UPDATE Role = VALUES(Role), Visible = VALUES(Visible),"
            + " SinceMsgID = VALUES(SinceMsgID), MutedUntil = VALUES(MutedUntil), ChangedMsgID = VALUES(ChangedMsgID),"
            + " Name = VALUES(Name), Invite = VALUES(Invite), History = VALUES(History), Dissolved = VALUES(Dissolved),"
            + " Updated = VALUES(Updated)";

    private static final String MEMBERSHIPS = "SELECT m.GroupId, m.AccountId, m.SinceMsgID, h.History"
            + " FROM group_members m LEFT JOIN group_members h ON h.GroupId = m.GroupId AND h.AccountId = 0"
            + " WHERE m.Visible = 1 AND COALESCE(h.Dissolved, 0) = 0 AND ";

    private final Connection connection;

    GroupStatements(Connection connection) {
        this.connection = connection;
    }

    /** A group as it is; null where it has no rows. */
    @Nullable
    GroupState load(long groupId) throws SQLException {
        Reading reading = read(PRESENT, groupId);
        if (reading.nothing()) {
            // Perhaps a group of the original that everybody has left.
            reading = read(ROWS, groupId);
        }
        return reading.nothing() ? null : reading.whole();
    }

    private Reading read(String sql, long groupId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (!connection.isWrapperFor(JdbcConnection.class)) {
                // Row by row as they come; MySQL's driver would have all of them in memory first.
                statement.setFetchSize(Integer.MIN_VALUE);
            }
            statement.setLong(1, groupId);
            Reading reading = new Reading(groupId);
            MessageStatements.forEachRow(statement, reading::add);
            return reading;
        }
    }

    GroupState refresh(GroupState known) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHANGED)) {
            statement.setLong(1, known.groupId());
            statement.setLong(2, known.group().version());
            Reading reading = new Reading(known.groupId());
            MessageStatements.forEachRow(statement, reading::add);
            return reading.since(known);
        }
    }

    /** What is true of a group as a whole; null where it has no rows. */
    @Nullable
    Group group(long groupId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRST)) {
            statement.setLong(1, groupId);
            Reading reading = new Reading(groupId);
            MessageStatements.forEachRow(statement, reading::add);
            return reading.nothing() ? null : reading.whole().group();
        }
    }

    List<Member> members(long groupId, long after, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MEMBERS)) {
            statement.setLong(1, groupId);
            statement.setLong(2, after);
            statement.setInt(3, limit);
            List<Member> page = new ArrayList<>();
            MessageStatements.forEachRow(
                    statement,
                    row -> page.add(
                            new Member(row.getLong(1), Role.ofCode(row.getInt(2)), row.getLong(4), row.getLong(5))));
            return page;
        }
    }

    int memberCount(long groupId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MEMBER_COUNT)) {
            statement.setLong(1, groupId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** The msg_id of the event that changed the group last; 0 where none has. */
    long version(long groupId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(VERSION)) {
            statement.setLong(1, groupId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Writes what an event with this msg_id does to its group. */
    void apply(GroupUpdate update, long msgId, long time) throws SQLException {
        List<Row> rows = rows(update, msgId);
        for (int from = 0; from < rows.size(); from += Chunks.MAX_ROWS) {
            put(update.group(), rows.subList(from, Math.min(from + Chunks.MAX_ROWS, rows.size())), msgId, time);
        }
    }

    /** A row to be written, with what the group itself is in the head row and no other. */
    private record Row(long accountId, Role role, boolean visible, long sinceMsgId, long mutedUntil) {

        static Row of(Member member) {
            return new Row(member.userId(), member.role(), true, member.sinceMsgId(), member.mutedUntil());
        }

        static Row joined(Member member, long msgId) {
            return new Row(member.userId(), member.role(), true, msgId - 1, member.mutedUntil());
        }

        static Row invisible(long accountId, long mutedUntil) {
            return new Row(accountId, Role.MEMBER, false, 0, mutedUntil);
        }
    }

    private static List<Row> rows(GroupUpdate update, long msgId) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.invisible(HEAD, update.group().mutedUntil()));
        update.removed().forEach(userId -> rows.add(Row.invisible(userId, 0)));
        update.changed().forEach(member -> rows.add(Row.of(member)));
        update.joined().forEach(member -> rows.add(Row.joined(member, msgId)));
        return rows;
    }

    private void put(Group group, List<Row> rows, long msgId, long time) throws SQLException {
        String sql = PUT + String.join(",", Collections.nCopies(rows.size(), PUT_ROW)) + PUT_OVER;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            for (Row row : rows) {
                boolean head = row.accountId() == HEAD;
                statement.setLong(at++, group.groupId());
                statement.setLong(at++, row.accountId());
                statement.setInt(at++, row.role().code());
                statement.setBoolean(at++, row.visible());
                statement.setLong(at++, row.sinceMsgId());
                statement.setLong(at++, row.mutedUntil());
                statement.setLong(at++, msgId);
                statement.setObject(at++, head ? group.name() : null);
                statement.setObject(at++, head ? group.inviters().code() : null);
                statement.setObject(at++, head ? group.history().code() : null);
                statement.setBoolean(at++, head && group.dissolved());
                statement.setLong(at++, time);
                statement.setLong(at++, time);
            }
            statement.executeUpdate();
        }
    }

    void groupsOf(Collection<Long> userIds, Consumer<Membership> found) throws SQLException {
        for (List<Long> some : parts(userIds, MAX_USERS)) {
            String sql =
                    MEMBERSHIPS + "m.AccountId IN (" + String.join(",", Collections.nCopies(some.size(), "?")) + ")";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int at = 1;
                for (long userId : some) {
                    statement.setLong(at++, userId);
                }
                MessageStatements.forEachRow(statement, row -> found.accept(membership(row)));
            }
        }
    }

    void memberships(Collection<GroupStore.Key> keys, Consumer<Membership> found) throws SQLException {
        String branch = "(" + MEMBERSHIPS + "m.GroupId = ? AND m.AccountId = ?)";
        for (List<GroupStore.Key> some : parts(keys, MAX_BRANCHES)) {
            String sql = String.join(" UNION ALL ", Collections.nCopies(some.size(), branch));
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int at = 1;
                for (GroupStore.Key key : some) {
                    statement.setLong(at++, key.groupId());
                    statement.setLong(at++, key.userId());
                }
                MessageStatements.forEachRow(statement, row -> found.accept(membership(row)));
            }
        }
    }

    private static <T> List<List<T>> parts(Collection<T> items, int size) {
        List<T> all = items.stream().distinct().toList();
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(from + size, all.size())));
        }
        return parts;
    }

    private static Membership membership(ResultSet row) throws SQLException {
        return new Membership(row.getLong(1), row.getLong(2), row.getLong(3), history(row, 4));
    }

    /** All, where nobody has said otherwise. */
    private static HistoryAccess history(ResultSet row, int column) throws SQLException {
        int code = row.getInt(column);
        return row.wasNull() ? HistoryAccess.ALL : HistoryAccess.ofCode(code);
    }

    /** Rows of one group, read by one statement: the group and its members of one moment. */
    private static final class Reading {

        private final long groupId;
        private boolean nothing = true;
        private @Nullable Group group;
        private final Members.Builder members = new Members.Builder();
        private final List<Long> gone = new ArrayList<>();

        Reading(long groupId) {
            this.groupId = groupId;
        }

        void add(ResultSet row) throws SQLException {
            nothing = false;
            long accountId = row.getLong(1);
            if (accountId == HEAD) {
                group = group(row);
            } else if (row.getBoolean(3)) {
                members.add(accountId, Role.ofCode(row.getInt(2)), row.getLong(4), row.getLong(5));
            } else {
                gone.add(accountId);
            }
        }

        private Group group(ResultSet row) throws SQLException {
            String name = row.getString(7);
            return new Group(
                    groupId,
                    name == null ? "" : name,
                    Inviters.ofCode(row.getInt(8)),
                    history(row, 9),
                    row.getLong(5),
                    row.getBoolean(10),
                    row.getLong(6));
        }

        boolean nothing() {
            return nothing;
        }

        /** What the rows are where they are all of the group's. */
        GroupState whole() {
            return new GroupState(group == null ? Group.ofOriginal(groupId) : group, members.build());
        }

        /** What the rows are where they are all that has changed. */
        GroupState since(GroupState known) {
            if (nothing) {
                return known;
            }
            List<Member> changed = new ArrayList<>();
            members.build().forEach(changed::add);
            return new GroupState(
                    group == null ? known.group() : group, known.members().with(changed, gone));
        }
    }
}
