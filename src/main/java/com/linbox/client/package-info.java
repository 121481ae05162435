/**
 * The Java client of protocol versions 1 and 2.
 *
 * <p>Starting points: {@link com.linbox.client.LinboxClient} for everything a user does,
 * {@link com.linbox.client.Groups} for what a user does to groups, {@link com.linbox.client.ClientSettings} for how,
 * {@link com.linbox.client.ClientListener} for what comes unasked;
 * {@link com.linbox.client.Connection} is the bare connection for load generators.
 *
 * <p>One event loop runs a client, all its connections, timers and callbacks; any number of clients share a loop. Inside:
 * {@code ConnectionKeeper} keeps the connection up, {@code PendingRequests} holds what waits for an answer and sends it
 * again, {@code Deliveries} puts incoming messages into order with a {@code Feed} for each conversation, and
 * {@code ClientSession} brings the three together.
 */
@ApplicationModule(allowedDependencies = {"group", "message", "protocol"})
@NullMarked
package com.linbox.client;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
