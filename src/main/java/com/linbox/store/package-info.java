/**
 * Messages and groups in MySQL (or MariaDB, or H2 in MySQL mode): the four tables and the statements on them.
 *
 * <p>Starting points: {@link com.linbox.store.MessageStore} and {@link com.linbox.store.GroupStore} are what routers use,
 * {@code Appender} tells how a batch is stored and how an event with its {@code Consequence} is, {@code MessageTable} and
 * {@code GroupStatements} have every statement, {@code db/migration} makes the tables and takes over a database of
 * the original LINBOX, {@code StoreConfiguration} says which roles have a database at all.
 *
 * <h2>Tables</h2>
 *
 * utf8mb4 and compared byte for byte throughout; ids are BIGINT; times are milliseconds since the epoch. Every statement on
 * messages names the conversation, so that the two tables can be sharded by it.
 *
 * <h3>im_session_message: one-to-one messages</h3>
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>SessionId</td><td>VARCHAR(39) ascii</td><td>{@link com.linbox.message.Conversation.Session#key()}</td></tr>
 * <tr><td>MsgID</td><td>BIGINT</td><td>place in the conversation: 1, 2, 3, … (gaps only in what the original wrote)</td></tr>
 * <tr><td>FromUserID, ToUserID</td><td>BIGINT</td><td>sender and recipient</td></tr>
 * <tr><td>RId</td><td>BIGINT</td><td>the sender's r_id; negative where the original had stored one twice</td></tr>
 * <tr><td>MimeType</td><td>VARCHAR(255)</td><td></td></tr>
 * <tr><td>Content</td><td>MEDIUMTEXT</td><td></td></tr>
 * <tr><td>SendTime, Created</td><td>BIGINT</td><td>when it was stored; the same in all rows of ours</td></tr>
 * </table>
 *
 * <ul>
 *   <li>PRIMARY KEY (SessionId, MsgID): a pull is one range, the newest message the range's end; no msg_id is given twice
 *   <li>UNIQUE session_request (SessionId, FromUserID, RId): a retry finds the first one, and is stored only once
 * </ul>
 *
 * <h3>im_group_message: group messages</h3>
 *
 * As above with GroupId BIGINT in place of SessionId, and without ToUserID.
 *
 * <ul>
 *   <li>PRIMARY KEY (GroupId, MsgID)
 *   <li>UNIQUE group_request (GroupId, FromUserID, RId)
 * </ul>
 *
 * <h3>group_members: groups and who belongs to them</h3>
 *
 * One row for each who is or was a member, and one for the group itself, its head row, with AccountId 0. All rows that an
 * event changes are written in one transaction with the event's row in im_group_message.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>Id</td><td>BIGINT AUTO_INCREMENT</td><td>of the original; nothing uses it</td></tr>
 * <tr><td>GroupId</td><td>BIGINT</td><td></td></tr>
 * <tr><td>AccountId</td><td>BIGINT</td><td>the user's id; 0 in the head row</td></tr>
 * <tr><td>Role</td><td>INT</td><td>{@link com.linbox.group.Role#code()}; head row: 0</td></tr>
 * <tr><td>Visible</td><td>TINYINT</td><td>1: is a member; 0: was one, or the head row</td></tr>
 * <tr><td>Name</td><td>VARCHAR(100) or NULL</td><td>head row: the group's name</td></tr>
 * <tr><td>Invite</td><td>TINYINT or NULL</td><td>head row: {@link com.linbox.group.Inviters#code()}</td></tr>
 * <tr><td>History</td><td>TINYINT or NULL</td><td>head row: {@link com.linbox.group.HistoryAccess#code()}</td></tr>
 * <tr><td>Dissolved</td><td>TINYINT</td><td>head row: 1 where the group is over; its members' rows stay as they were</td></tr>
 * <tr><td>MutedUntil</td><td>BIGINT</td><td>until when the member may not send; head row: until when members may not</td></tr>
 * <tr><td>SinceMsgID</td><td>BIGINT</td><td>the group's newest msg_id before the member joined; in a group of the original:
 * when it was taken over</td></tr>
 * <tr><td>ChangedMsgID</td><td>BIGINT</td><td>msg_id of the event that changed the row last, 0 where none has; the head row's
 * is the group's version</td></tr>
 * <tr><td>Created, Updated</td><td>BIGINT</td><td>when the row was written, first and last</td></tr>
 * </table>
 *
 * A group of the original's database has no head row until something about it changes: it has no name, and all may read all
 * of its history.
 *
 * <ul>
 *   <li>PRIMARY KEY (GroupId, AccountId): a group of any size is one range; nobody is a member twice
 *   <li>INDEX group_changes (GroupId, ChangedMsgID): what has changed since a version
 *   <li>INDEX groups_of_member (AccountId, Visible, GroupId, SinceMsgID): a user's groups, without touching the rows
 *   <li>INDEX member_id (Id): what AUTO_INCREMENT wants
 * </ul>
 *
 * <h3>profile: the product's users</h3>
 *
 * AccountID VARCHAR(64), NickName, RealName VARCHAR(100), Avatar VARCHAR(255), Status INT. Old installations have many
 * more columns, which stay. Nothing uses it yet.
 *
 * <ul>
 *   <li>PRIMARY KEY (AccountID)
 * </ul>
 *
 * <h2>H2</h2>
 *
 * The URL needs {@code MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE}, and is much the better for
 * {@code MAX_LENGTH_INPLACE_LOB=65536;PAGE_SIZE=2048}: contents lie in their rows, and a commit of few rows writes less.
 * H2 commits to its own memory and writes up to half a second later; the store has it write at once (see
 * {@code MessageStatements}), so that kill -9 loses nothing. {@code WRITE_DELAY=0} would do the same, but ends H2's
 * housekeeping too: the file then grows by 4 KB a message and never shrinks.
 */
@ApplicationModule(allowedDependencies = {"message", "group", "health", "metrics"})
@NullMarked
package com.linbox.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
