package com.linbox.message;

/** What became of a {@link Draft}. */
public sealed interface SendOutcome {

    /** In the database, committed, for the first time. */
    record Stored(Message message) implements SendOutcome {}

    /**
     * A retry: the first one is in the database already. Its msg_id and send time answer the retry, and its content is
     * what counts.
     */
    record Duplicate(Message first) implements SendOutcome {}

    /** Not stored and never to be: the database refuses the row itself. */
    record Refused(ErrorCode code, String detail) implements SendOutcome {}
}
