package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;

/**
 * Hears what the server sends of its own accord. Called on the client's event loop: it must not block, and above all not
 * wait for a future of the same client. What it throws is logged and goes no further.
 */
public interface ClientListener {

    /**
     * A message somebody sent, to this user or to a group: those of one conversation come in msg_id order, each once, also over
     * reconnects. Own messages come only where another device or an earlier run of this client sent them.
     *
     * <p>Messages that tell of a change come in the same order, but to {@link #groupChanged} and {@link #messageChanged}; here
     * only where they are of a kind that this client does not know. One that was recalled before this client was told of it
     * comes without its content and with the mime type {@code application/vnd.linbox.recalled}, one that was edited comes as it
     * is now; the change comes too, in its place.
     *
     * <p>Of a group that the user was added to while this client was away, what is unread comes. Who was removed while away is
     * not told: the group is missing in {@link LinboxClient#unread()}.
     */
    default void message(Message message) {}

    /**
     * A group was made with this user in it, or was changed. Whoever is removed, or was a member of a group that is dissolved,
     * is told that last. Own changes come only where another device made them.
     */
    default void groupChanged(GroupChanged change) {}

    /** A message was recalled or edited. Own changes come only where another device made them. */
    default void messageChanged(MessageChanged change) {}

    /** The user has read a conversation up to this message on another device. Version 2 only, and only while connected. */
    default void readElsewhere(Conversation conversation, long msgId) {}

    /**
     * The partner of a one-to-one conversation has read it up to this message. Version 2 only, and only while connected:
     * {@link LinboxClient#readers} tells what was missed.
     */
    default void readByPartner(Conversation conversation, long msgId) {}

    /** Somebody is writing. There is no end to it: forget it after some seconds. Version 2 only. */
    default void typing(Conversation conversation, long userId) {}

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

    /**
     * Signed in again: after {@link #connectionLost}, or because the server asked to be left, in which case nothing was lost and
     * {@link #connectionLost} was not called.
     */
    default void connectionRestored() {}

    /** The server signed this client out. Unless the settings say otherwise it does not come back. */
    default void kicked(String reason) {}

    /** Signing in again was refused for good; the client is of no more use. */
    default void refused(RefusedException why) {}
}
