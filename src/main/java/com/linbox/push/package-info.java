/**
 * Tells the team's push service of messages whose recipients are offline, for notifications on their devices: by events in the
 * topic {@code linbox.push}, and where it is wanted by posting these to a webhook. {@code src/docs/push.md} tells whoever
 * receives them what they are.
 *
 * <p>Whoever finds a recipient offline leaves a note ({@link com.linbox.push.OfflineNotes}) in the topic {@code linbox.offline}
 * and goes on: neither a sender nor the delivery to those who are online waits for what the events need to know. A thread of its
 * own makes the events ({@link com.linbox.push.OfflinePush#newHandler}), another posts them; a webhook that is away holds up
 * nothing but itself.
 *
 * <p>Everything is done at least once: a note is safe before its message's request is done with, an event before its note is,
 * and an event is posted, or put aside in {@code linbox.dead}, before it is done with.
 *
 * <p>Starting point: {@link com.linbox.push.OfflinePush}.
 */
@ApplicationModule(
        allowedDependencies = {"message", "group", "settings", "protocol", "journal", "store", "redis", "inbox"})
@NullMarked
package com.linbox.push;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
