package com.linbox.client;

/** The server ended the session, usually because the user signed in elsewhere. */
public final class KickedException extends LinboxClientException {

    private final String reason;

    public KickedException(String reason) {
        super("signed out by the server: " + reason, null);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
