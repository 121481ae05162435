package com.linbox.message;

/**
 * Every error a client can be told, in one table. {@link #status()} goes on the wire, {@link #text()} is what the client
 * reads where nothing more exact is known, and the lower-case name is the value of the {@code cause} tag in metrics.
 */
public enum ErrorCode {
    MALFORMED_JSON(400, Category.CLIENT, "The content is not the JSON object that this packet type needs"),
    MISSING_FIELD(400, Category.CLIENT, "A required field is missing"),
    INVALID_ID(400, Category.CLIENT, "An id is not a text of decimal digits within 63 bits"),
    INVALID_VALUE(400, Category.CLIENT, "A field has a value outside its range"),
    UNKNOWN_CONVERSATION_TYPE(400, Category.CLIENT, "The conversation type is unknown"),
    UNSUPPORTED(400, Category.CLIENT, "This request is not supported"),
    NOT_CERTIFIED(401, Category.CLIENT, "User is not certified"),
    FOREIGN_USER(403, Category.CLIENT, "user_id is not the signed-in user"),
    NOT_MEMBER(403, Category.CLIENT, "You are not a member of this group"),
    NOT_ALLOWED(403, Category.CLIENT, "You may not do this here"),
    MUTED(403, Category.CLIENT, "You may not send to this group at present"),
    TOO_LATE(403, Category.CLIENT, "The message is too old to be changed"),
    NO_SUCH_GROUP(404, Category.CLIENT, "There is no such group"),
    NO_SUCH_MESSAGE(404, Category.CLIENT, "There is no such message"),
    CONFLICT(409, Category.CLIENT, "This cannot be done as things stand"),
    CONTENT_TOO_LARGE(413, Category.CLIENT, "The message's content is too large"),
    TOO_FAST(429, Category.CLIENT, "Too many requests"),
    FAILED(500, Category.SERVER, "The request failed"),
    UNAVAILABLE(503, Category.SERVER, "The service is not available now, try again");

    /** Whose mistake it is: the client's, who should change the request, or the server's, where a retry may help. */
    public enum Category {
        CLIENT,
        SERVER
    }

    private final int status;
    private final Category category;
    private final String text;

    ErrorCode(int status, Category category, String text) {
        this.status = status;
        this.category = category;
        this.text = text;
    }

    public int status() {
        return status;
    }

    public Category category() {
        return category;
    }

    public String text() {
        return text;
    }
}
