/**
 * The operator's console: a page at {@code /console} that shows how LINBOX fares and changes what an operator may change, and the calls
 * below {@code /console/api} that the page is made of. On in stand-alone, and in any role that has {@code linbox.console.secret}; it
 * answers 404 elsewhere. What a person does with it is told in {@code src/docs/console.md}.
 *
 * <p>Starting points: {@link com.linbox.console.ConsoleRoutes} has every path; {@link com.linbox.console.ConsoleGuard} is what every
 * call passes, {@link com.linbox.console.SignInCalls} lets in; {@link com.linbox.console.Samples} keeps an hour of what the meters
 * say; the {@code …Calls} classes carry calls out; {@link com.linbox.console.AuditLog} is told of every change. The page's files are
 * in {@code resources/static/console}.
 *
 * <p>What is measured is this process' own, as at {@code /actuator/prometheus}; what is asked of an engine is the whole cluster's:
 * gateways (ZooKeeper), routers, lag and dead letters (Kafka), users and their sessions (Redis), settings (ZooKeeper, checked by this
 * process).
 *
 * <table>
 * <caption>Keys in Redis</caption>
 * <tr><th>key</th><th>type</th><th>field</th><th>value</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:console:replayed}</td><td>hash</td><td>{@code <partition>@<offset>} of a dead letter</td>
 *     <td>when it was last sent again, in ms since the epoch, and by which session, with a space between</td>
 *     <td>90 days from the last one</td></tr>
 * </table>
 */
@ApplicationModule(
        allowedDependencies = {
            "message",
            "protocol",
            "group",
            "journal",
            "store",
            "redis",
            "inbox",
            "outbox",
            "presence",
            "systemmessage",
            "cluster",
            "credential",
            "settings"
        })
@NullMarked
package com.linbox.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
