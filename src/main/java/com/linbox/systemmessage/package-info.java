/**
 * Messages of the product itself, such as counters of friend requests: stored for each user until the user's devices have
 * them, and counted until they are acknowledged.
 *
 * <p>Starting point: {@link com.linbox.systemmessage.SystemMessages}.
 *
 * <h2>Keys in Redis</h2>
 *
 * <table>
 * <caption>One user's system messages, here of user 1001</caption>
 * <tr><th>key</th><th>type</th><th>what is in it</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:system:{1001}:messages}</td><td>stream</td>
 *     <td>an entry {@code <msg_id>-0} for each message: fields {@code type}, {@code content} and {@code time}, its send time
 *     in ms since the epoch; the newest {@code linbox.system-messages.max-stored}, none older than {@code .lifetime}</td>
 *     <td>{@code .lifetime} from the last message on</td></tr>
 * <tr><td>{@code linbox:system:{1001}:unread}</td><td>hash</td>
 *     <td>system type: how many messages of it came since it was acknowledged</td>
 *     <td>{@code .lifetime} from the last message on</td></tr>
 * <tr><td>{@code linbox:system:{1001}:positions}</td><td>hash</td>
 *     <td>device, in lower case: the msg_id up to which it has the messages; at most 100 devices</td>
 *     <td>{@code .lifetime} from the last message or change on</td></tr>
 * </table>
 *
 * <p>A msg_id is the time of storing in ms since the epoch, or one more than the user's last where that is greater: it rises
 * whatever the clocks of those who store say, also when everything has expired meanwhile, and what is too old is told by
 * the id alone. The user id is the hash tag, so that the three keys live in one slot of a cluster.
 */
@ApplicationModule(allowedDependencies = {"redis", "settings"})
@NullMarked
package com.linbox.systemmessage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
