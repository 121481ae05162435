package com.linbox.client;

import com.linbox.message.Message;

/**
 * Hears what the server sends of its own accord. Called on the client's event loop: it must not block, and above all not
 * wait for a future of the same client. What it throws is logged and goes no further.
 */
public interface ClientListener {

    /**
     * A message somebody sent: those of one conversation come in msg_id order, each once, also over reconnects. Own
     * messages come only where another device or an earlier run of this client sent them.
     */
    default void message(Message message) {}

    /**
     * A message of the product itself; {@code content} as the server gave it. Stored ones come in their order, each once for
     * as long as this client lives; an earlier run of it may have been told the last ones already.
     */
    default void systemMessage(int systemType, String content) {}

    /**
     * A user of {@link LinboxClient#subscribePresence} has come online, or has gone offline with the last device; also where
     * that was only found out after a reconnect.
     */
    default void presence(long userId, boolean online) {}

    /** The connection ended; the client tries to restore it. */
    default void connectionLost(ConnectionFailedException cause) {}

    default void connectionRestored() {}

    /** The server signed this client out. Unless the settings say otherwise it does not come back. */
    default void kicked(String reason) {}

    /** Signing in again was refused for good; the client is of no more use. */
    default void refused(RefusedException why) {}
}
