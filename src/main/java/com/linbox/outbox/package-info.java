/**
 * Frames on their way from a router to a gateway: one Redis stream per gateway, its writer and its reader.
 *
 * <p>Starting points: {@link com.linbox.outbox.OutboxWriter}, {@link com.linbox.outbox.OutboxReader}; the bytes of an entry
 * are told in {@code EntryEncoder}.
 *
 * <h2>Keys in Redis</h2>
 *
 * <table>
 * <caption>One gateway's outbox</caption>
 * <tr><th>key</th><th>type</th><th>entry</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:outbox:{<gatewayId>}}</td><td>stream</td>
 *     <td>field {@code d}: any number of deliveries, as bytes</td>
 *     <td>made and removed by its gateway; {@code linbox.outbox.lease} (60 s) after a gateway that was killed</td></tr>
 * </table>
 *
 * <p>The gateway deletes what it has read, some times a second, so that the stream is all but empty; a gateway that falls behind loses the
 * oldest
 * entries beyond {@code linbox.outbox.max-entries}. Writers never make a stream: what is meant for a gateway that has ended
 * goes nowhere.
 *
 * <p>Delivery is best effort: the promise is the inbox. What was lost on the way is noticed by the writers' counting and
 * shows in {@code linbox.outbox.missed}; in rare cases (Redis restored to an earlier state) a delivery comes twice.
 */
@ApplicationModule(allowedDependencies = {"message", "protocol", "redis", "tracing"})
@NullMarked
package com.linbox.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
