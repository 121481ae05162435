/**
 * Groups: who belongs to one, who may do what there, and what a change comes to. Plain values and rules; only the ids of new
 * groups need Redis.
 *
 * <p>Starting points: {@link com.linbox.group.GroupChange} is what can be done, {@link com.linbox.group.GroupRules} decides
 * whether it may be and says what becomes of the {@link com.linbox.group.GroupState}, {@link com.linbox.group.Members} keeps
 * a hundred thousand members in small space.
 *
 * <h2>Keys in Redis</h2>
 *
 * <table>
 * <caption>Ids of new groups</caption>
 * <tr><th>key</th><th>type</th><th>value</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:group-id}</td><td>text</td><td>the id given last</td><td>for ever</td></tr>
 * <tr><td>{@code linbox:new-group:{1001}:77}</td><td>text</td>
 *     <td>the id given to user 1001's request 77 to make a group</td><td>a day</td></tr>
 * </table>
 */
@ApplicationModule(allowedDependencies = {"message", "redis"})
@NullMarked
package com.linbox.group;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
