/**
 * What the product's back end talks to: services over Dubbo, its protocols {@code dubbo} and {@code tri} (which also answers
 * plain HTTP with JSON) on one port. Calls are documented in {@link com.linbox.rpc.api} and, for other languages, in
 * {@code src/docs/rpc.md}.
 *
 * <p>Starting points: {@link com.linbox.rpc.RpcServer} starts and stops it; {@link com.linbox.rpc.CallFilter} is what every
 * call passes: who calls, what becomes of failures, meters; the {@code …Calls} classes carry calls out, what adds to a
 * conversation by way of {@link com.linbox.rpc.RequestSender} and the routers.
 *
 * <p>LINBOX does without much of what comes with Dubbo:
 *
 * <ul>
 *   <li>Its registry. Providers are announced by {@link com.linbox.cluster.ProviderRegistry} in the same layout: over the
 *       session with ZooKeeper that there is anyway, with no cache files in a home directory, and a start that is quicker.
 *   <li>Its server, which cannot listen on loopback alone: it takes 127.0.0.1 for a mistake and listens everywhere. See
 *       {@link com.linbox.rpc.RpcListener}.
 *   <li>Its operations port, metadata service, metrics and shutdown hook.
 * </ul>
 *
 * <p>An instance has an outbox of its own, like a gateway, on which routers answer it: see {@link com.linbox.outbox}.
 */
@ApplicationModule(
        allowedDependencies = {
            "tracing",
            "message",
            "health",
            "metrics",
            "group",
            "protocol",
            "journal",
            "store",
            "redis",
            "inbox",
            "outbox",
            "presence",
            "systemmessage",
            "credential",
            "cluster",
            "im :: interfaces"
        })
@NullMarked
package com.linbox.rpc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
