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
     * Sends a system message to these users. Returns when it is stored for each of them: their devices that are online get
     * it at once, the others at their next sign-in, all in the order stored. The server keeps the newest
     * {@code linbox.system-messages.max-stored} (1000) of each user for {@code .lifetime} (30 days). A device may get one
     * twice, after a connection that broke; its {@code msg_id} tells.
     *
     * <p>Calling again sends another one. After {@code UNAVAILABLE} (503) it may be stored for some of the users or for all.
     */
    SystemDelivery sendSystem(SystemMessageRequest request) throws RequestFailedException;

    /**
     * Sends a system message to everybody who is online now. It is not stored and not counted: who is offline never gets it.
     * Calling again sends it again.
     */
    SystemDelivery sendSystemToAll(SystemBroadcastRequest request) throws RequestFailedException;
}
