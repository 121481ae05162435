/**
 * Who is connected where.
 *
 * <p>Starting points: {@link com.linbox.presence.Presence}; {@link com.linbox.presence.SessionCache} for whoever asks for many
 * users again and again; {@link com.linbox.presence.PresenceFeed} for whoever wants to know what changes.
 *
 * <h2>Keys in Redis</h2>
 *
 * <table>
 * <caption>One user's sessions, here of user 1001</caption>
 * <tr><th>key</th><th>type</th><th>field</th><th>value</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:sessions:{1001}}</td><td>hash</td><td>{@code <gatewayId>/<connectionId>}</td>
 *     <td>sign-in time in ms since the epoch; the number of the protocol version and, after slashes, the gateway's
 *     registration with ZooKeeper, the client's own id and which of its sign-ins it is; the device's name, with a space between each</td>
 *     <td>3 hours from the last sign-in or renewal of one of its sessions</td></tr>
 * </table>
 *
 * <table>
 * <caption>The log of changes</caption>
 * <tr><th>key</th><th>type</th><th>entry</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:presence:changes}</td><td>stream</td><td>field {@code u}: the id of a user whose sessions have
 *     changed</td><td>the newest 100,000 entries or a few more</td></tr>
 * </table>
 *
 * <p>A session is believed in while its field is there and its gateway is not known to be gone. Fields of gateways that are
 * gone are removed by whoever comes across them. A gateway that was only taken for gone, because it stood still or did not reach
 * ZooKeeper, comes back by another registration and stores its sessions anew, with that: whoever still has the earlier one for the
 * last neither leaves them out nor removes them. Which sessions of a user cannot all be is said by {@code SessionPolicy}
 * alone; taking a place is one script, so that it is one step for Redis.
 */
@ApplicationModule(allowedDependencies = {"message", "redis", "cluster"})
@NullMarked
package com.linbox.presence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
