package com.linbox.rpc.api;

/** Sends messages. */
public interface MessageService {

    /**
     * Sends a message on behalf of a user, as if one of the user's clients had. Returns when it is stored; it is then on its
     * way to those who are online, the sender's own clients among them.
     *
     * <p>Calling again with the same {@code requestId}, whether the first call was answered or not, stores nothing twice and
     * gives the first one's answer.
     *
     * <p>Errors besides the usual ones: {@code CONTENT_TOO_LARGE} (413); {@code UNSUPPORTED} (400) for a group, which is not
     * served yet; {@code UNAVAILABLE} (503) where there was no answer before the deadline: the message may be stored or not,
     * and calling again with the same {@code requestId} finds out.
     */
    SentMessage send(SendRequest request) throws RequestFailedException;

    /**
     * Sends a system message to all sessions of these users. Whoever is not online does not get it: nothing is stored yet.
     * Calling again sends it again.
     */
    SystemDelivery sendSystem(SystemMessageRequest request) throws RequestFailedException;

    /** Sends a system message to everybody who is online. Nothing is stored yet; calling again sends it again. */
    SystemDelivery sendSystemToAll(SystemBroadcastRequest request) throws RequestFailedException;
}
