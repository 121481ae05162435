package com.linbox.faults;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A promise that was not kept.
 *
 * @param history all that is known of the messages concerned, oldest first, and no more
 */
record Violation(Kind kind, String what, List<Event> history) {

    enum Kind {
        /** Acked, but not in the database. */
        LOST,
        STORED_TWICE,
        /** Acked under another msg_id or r_id than it has. */
        WRONG_MSG_ID,
        /** The msg_ids of a conversation are not 1, 2, 3, … */
        GAP,
        /** Stored before one that was acked before it was sent; or, in calm, before one that its sender had sent before. */
        OUT_OF_ORDER,
        /** In the database, but nobody has sent it, or not like this. */
        NOT_SENT,
        /** A recipient does not have it. */
        NOT_DELIVERED,
        /** A client that was there all the time was given it twice, or after a later one. */
        DELIVERED_OUT_OF_ORDER,
        /** What a recipient got is not what is stored. */
        DELIVERED_OTHERWISE,
        WRONG_UNREAD,
        WRONG_NAME,
        /** The client gave up before it was told. */
        UNANSWERED,
        NOT_RECOVERED
    }

    @Override
    public String toString() {
        return kind + ": " + what
                + history.stream().map(event -> "\n    " + event).collect(Collectors.joining());
    }
}
