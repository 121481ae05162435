/**
 * Messages in MySQL (or MariaDB, or H2 in MySQL mode): the four tables and the statements on them.
 *
 * <p>Starting points: {@link com.linbox.store.MessageStore} is what routers use, {@code JdbcMessageStore} tells how a batch
 * is stored, {@code MessageTable} has every statement, {@code db/migration} makes the tables and takes over a database of
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
 * <h3>group_members: who belongs to which group</h3>
 *
 * Id BIGINT AUTO_INCREMENT, GroupId, AccountId BIGINT, Role INT, Visible TINYINT, Created, Updated BIGINT. Nothing uses it
 * yet.
 *
 * <ul>
 *   <li>PRIMARY KEY (Id)
 *   <li>UNIQUE group_member (GroupId, AccountId): a group's members; nobody is one twice
 *   <li>INDEX member_groups (AccountId): a user's groups
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
@ApplicationModule(allowedDependencies = {"message", "group"})
@NullMarked
package com.linbox.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
