package com.linbox.message;

/**
 * A request that cannot be carried out as it stands. The message names the field, the offending value and what was
 * expected; it is shown to the client and must therefore never hold a token, a key or a message's content.
 */
public final class RequestRejectedException extends Exception {

    private final ErrorCode code;

    public RequestRejectedException(ErrorCode code, String detail) {
        // No stack trace: this is an answer to a client, thrown as often as clients err.
        super(detail, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** What the client is told; never null. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
