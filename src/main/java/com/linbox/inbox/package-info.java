/**
 * What each user has and has read: last and read positions, the list of conversations.
 *
 * <p>Starting point: {@link com.linbox.inbox.Inbox}.
 *
 * <h2>Keys in Redis</h2>
 *
 * <table>
 * <caption>One user's inbox, here of user 1001</caption>
 * <tr><th>key</th><th>type</th><th>member</th><th>score</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:inbox:{1001}:last}</td><td>sorted set</td><td>conversation key, such as {@code 1001_1002}</td>
 *     <td>msg_id of the newest message</td><td>for ever</td></tr>
 * <tr><td>{@code linbox:inbox:{1001}:read}</td><td>sorted set</td><td>conversation key</td>
 *     <td>msg_id up to which the user has read; own messages count as read</td><td>for ever</td></tr>
 * <tr><td>{@code linbox:inbox:{1001}:recent}</td><td>sorted set</td><td>conversation key</td>
 *     <td>send time of the newest message, ms since the epoch</td><td>for ever</td></tr>
 * <tr><td>{@code linbox:inbox:{1001}:muted}</td><td>sorted set</td><td>conversation key, 1,000 at most</td>
 *     <td>until when the user wants no notifications of it while offline, ms since the epoch or {@code +inf}</td>
 *     <td>until the next change after that</td></tr>
 * </table>
 *
 * <table>
 * <caption>A group, here 5001, for all its members</caption>
 * <tr><th>key</th><th>type</th><th>member</th><th>score</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:group:{5001}}</td><td>sorted set</td><td>{@code last}</td><td>msg_id of the newest message</td>
 *     <td>for ever</td></tr>
 * <tr><td></td><td></td><td>{@code recent}</td><td>its send time, ms since the epoch</td><td></td></tr>
 * <tr><td></td><td></td><td>a member's user id</td><td>msg_id up to which this member has read</td>
 *     <td>until the member goes</td></tr>
 * </table>
 *
 * <p>Which groups a user is in is not kept here: the database tells it.
 *
 * <p>Every update of a position is a {@code ZADD … GT}, which adds a member or moves its score up and never down: no script, no
 * transaction, and a batch that is applied twice or half is put right by applying it again. The user id is the hash tag, so
 * that its sets live in one slot of a cluster. Scores are exact up to 2<sup>53</sup>.
 *
 * <p>Everything here can be worked out anew from the stored messages, except read positions and
 * what is muted.
 */
@ApplicationModule(allowedDependencies = {"message", "group", "redis"})
@NullMarked
package com.linbox.inbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
