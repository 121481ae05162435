/**
 * The Netty server that clients connect to. It decodes, decrypts and checks what arrives, queues it for the routers, and
 * writes out what they put into its outbox. It holds connections and no other state, and has no database.
 *
 * <p>Starting points: {@link com.linbox.gateway.GatewayChannelInitializer} is the whole way of a frame through a
 * connection; {@link com.linbox.gateway.SignInHandler} and {@link com.linbox.gateway.RequestHandler} are its two ends,
 * before and after sign-in, and {@link com.linbox.gateway.SignInGate} holds back what comes in between;
 * {@link com.linbox.gateway.DeliveryDispatcher} is the way back, {@link com.linbox.gateway.SystemMessageHandler} that of system
 * messages; {@link com.linbox.gateway.Connection#close} is the one exit. {@link com.linbox.gateway.PresenceWatch} tells
 * clients which users come and go. {@link com.linbox.gateway.Drain} sends them elsewhere when the gateway stops.
 * {@link com.linbox.gateway.WebSocketHandshake} begins a WebSocket, which above {@link com.linbox.gateway.Framing} is a
 * connection like any other.
 *
 * <p>What keeps harm away, in the order in which a client meets it: {@link com.linbox.gateway.DoorHandler} (how many),
 * {@link com.linbox.gateway.TlsContexts}, {@link com.linbox.gateway.Origins} (whose pages' scripts), {@link com.linbox.gateway.VersionHandler} (what may be said without TLS),
 * {@link com.linbox.gateway.SignInDeadline}, {@link com.linbox.gateway.SignInThrottle} (how often in vain),
 * {@link com.linbox.gateway.RequestRateHandler} (how often), {@link com.linbox.gateway.Backpressure} (how fast),
 * {@link com.linbox.gateway.ConnectionSweep} (how long in silence); the numbers are in
 * {@link com.linbox.gateway.LimitSettings}.
 */
@ApplicationModule(
        allowedDependencies = {
            "message",
            "health",
            "metrics",
            "group",
            "protocol",
            "journal",
            "outbox",
            "presence",
            "systemmessage",
            "credential",
            "cluster",
            "tracing",
            "settings"
        })
@NullMarked
package com.linbox.gateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
