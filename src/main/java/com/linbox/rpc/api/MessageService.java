package com.linbox.rpc.api;

/** Sends messages, and changes them. */
public interface MessageService {

    /**
     * Sends a message on behalf of a user, as if one of the user's clients had: to another user, or to a group that the sender
     * is a member of. Returns when it is stored; it is then on its way to those who are online, the sender's own clients among
     * them.
     *
     * <p>Calling again with the same {@code requestId}, whether the first call was answered or not, stores nothing twice and
     * gives the first one's answer.
     *
     * <p>Errors besides the usual ones: {@code CONTENT_TOO_LARGE} (413); {@code NOT_MEMBER} (403) where the sender is no member
     * of the group, or there is no such group; {@code MUTED} (403) where the sender may not speak in it at present;
     * {@code UNAVAILABLE} (503) where there was no answer before the deadline: the message may be stored or not, and calling
     * again with the same {@code requestId} finds out.
     */
    SentMessage send(SendRequest request) throws RequestFailedException;

    /**
     * Takes a message back, whoever has sent it and however long ago: its content is gone from the history, and an event in its
     * conversation tells everybody's clients. Calling again with the same {@code requestId} gives the first one's answer.
     *
     * <p>Errors besides the usual ones: {@code NO_SUCH_GROUP} and {@code NO_SUCH_MESSAGE} (404); {@code CONFLICT} (409) where
     * it was recalled before, is an event and no message, or the {@code requestId} was that of something else;
     * {@code UNAVAILABLE} (503) as with {@link #send}.
     */
    ChangedMessage recall(RecallRequest request) throws RequestFailedException;

    /** Rewrites a message, otherwise as {@link #recall}; {@code CONTENT_TOO_LARGE} (413). */
    ChangedMessage edit(EditRequest request) throws RequestFailedException;

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
