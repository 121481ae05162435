package com.linbox.client;

import com.linbox.message.ErrorCode;

/** The server answered, with a status other than 200. */
public final class RefusedException extends LinboxClientException {

    private final int status;
    private final String text;

    public RefusedException(int status, String text) {
        super(status + (text.isEmpty() ? "" : ": " + text), null);
        this.status = status;
        this.text = text;
    }

    public int status() {
        return status;
    }

    /** The server's own words; empty where it gave none. */
    public String text() {
        return text;
    }

    /** Whether the same request may be granted later: too fast (429) or not available now (503). */
    public boolean isTemporary() {
        return status == ErrorCode.TOO_FAST.status() || status == ErrorCode.UNAVAILABLE.status();
    }
}
