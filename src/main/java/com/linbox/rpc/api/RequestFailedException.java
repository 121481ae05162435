package com.linbox.rpc.api;

/**
 * A call that was not carried out. Codes are those of LINBOX's protocol; the ones that every method may give:
 *
 * <ul>
 *   <li>{@code MISSING_FIELD}, {@code INVALID_ID}, {@code INVALID_VALUE} (400): the message names the field, what it was and
 *       what was expected
 *   <li>{@code NOT_CERTIFIED} (401): the caller has not proved who it is
 *   <li>{@code FAILED} (500): a fault of LINBOX, told in its log
 *   <li>{@code UNAVAILABLE} (503): a part that is needed is away; the same call may succeed later
 * </ul>
 */
public final class RequestFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    /**
     * @param code such as {@code INVALID_ID}
     * @param status the same as a number of HTTP
     */
    public RequestFailedException(String code, int status, String message) {
        // No stack trace: it would show a caller the inside of the server.
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    /** Such as {@code INVALID_ID}: what a program decides by. */
    public String code() {
        return code;
    }

    /** The code as a number of HTTP: 4xx where the call must change, 5xx where trying again may help. */
    public int status() {
        return status;
    }
}
