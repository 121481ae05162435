package com.linbox.rpc.api;

/** Who is online. */
public interface PresenceService {

    /** Which of these users are online, and how. */
    OnlineUsers online(PresenceRequest request) throws RequestFailedException;

    /**
     * Ends sessions of a user: the client is told the reason (an OfflineInfo packet) and its connection is closed. Returns
     * when the gateways have been told; the sessions end a moment later. A client may sign in again unless its tokens are
     * taken back first.
     */
    Disconnection disconnect(DisconnectRequest request) throws RequestFailedException;
}
