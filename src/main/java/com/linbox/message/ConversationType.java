package com.linbox.message;

/** What the wire's {@code type} field says of a conversation. */
public enum ConversationType {
    /** In a request for unread counts: every conversation of the user. */
    ALL(1),
    /** One to one. */
    SESSION(2),
    GROUP(3);

    private final int code;

    ConversationType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** @throws RequestRejectedException where no type has this code */
    public static ConversationType of(int code) throws RequestRejectedException {
        return switch (code) {
            case 1 -> ALL;
            case 2 -> SESSION;
            case 3 -> GROUP;
            default ->
                throw new RequestRejectedException(
                        ErrorCode.UNKNOWN_CONVERSATION_TYPE,
                        "type: " + code + " (expected: 1 all, 2 session or 3 group)");
        };
    }
}
