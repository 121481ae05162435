/**
 * Kafka: the topics, what a record holds, the publisher and the consumer loops.
 *
 * <table>
 * <caption>Topics</caption>
 * <tr><th>name</th><th>key</th><th>carries</th></tr>
 * <tr><td>{@code linbox.send}</td><td>conversation</td><td>what adds a message to a conversation, and therefore
 * in order: SendMsgRequest, GroupChangeRequest, ChangeMsgRequest</td></tr>
 * <tr><td>{@code linbox.query}</td><td>user</td><td>everything else that is asked for: what is answered from a user's own
 * state, and therefore in the order in which the user asked</td></tr>
 * <tr><td>{@code linbox.fanout}</td><td>group and chunk</td><td>a stored group message for a part of the members, laid out by
 * the router; the origin is that of the request</td></tr>
 * <tr><td>{@code linbox.offline}</td><td>recipient, or group and chunk</td><td>that a message has found users offline, as the
 * module {@code push} notes it; the origin is that of the request</td></tr>
 * <tr><td>{@code linbox.push}</td><td>recipient</td><td>events for the team's push service, JSON of the module {@code push}; the
 * header {@code o} is nothing that it needs. Kept for {@code linbox.journal.push-retention}, where LINBOX creates the
 * topic</td></tr>
 * <tr><td>{@code linbox.dead}</td><td>as it was</td><td>what could not be handled, with the headers {@code linbox.place}
 * (topic, partition and offset it stood at), {@code linbox.cause} and {@code linbox.buried} (when). What an operator sends again from
 * there has the header {@code linbox.replay-of}, which names the letter</td></tr>
 * </table>
 *
 * <p>Reads and queries share a topic although they are different work: a read that a client sent before asking for its
 * unread counts must be seen by them, and every further topic costs the broker fetches even when nothing moves.
 *
 * <p>A request's value is the packet's JSON as it came. Its header {@code o} is the {@link com.linbox.journal.Origin},
 * laid out there; {@code traceparent} is there where the request is traced, see the module {@code tracing}. Topics are created at start where they are absent, with {@code linbox.journal.partitions} and
 * {@code linbox.journal.replication}; existing ones are never changed, for the place of a conversation depends on the
 * number of partitions.
 *
 * <p>Starting points: {@link com.linbox.journal.RequestLog} to write, {@link com.linbox.journal.RequestLogConsumers} to
 * read; {@link com.linbox.journal.DeadLetterArchive} and {@link com.linbox.journal.Routers} for operators;
 * {@link com.linbox.journal.BatchHandler} for work that is done in order, {@link com.linbox.journal.PatientHandler} for
 * what may have to wait for others outside.
 */
@ApplicationModule(allowedDependencies = {"message", "protocol", "health", "metrics", "tracing"})
@NullMarked
package com.linbox.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
