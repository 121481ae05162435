package com.linbox.faults;

import com.linbox.message.Conversation;

/**
 * Something that a client did or was told, or that was done to the cluster. Times are milliseconds since the run began. A
 * message's content is unique in a run, and so is the name that a group is given; it names the message here.
 */
sealed interface Event {

    long at();

    /** The message it is about, none for what is about no single one. */
    default String content() {
        return "";
    }

    /** A user begins to send a message, or to give a group this name. */
    record Sent(long at, long user, Conversation conversation, String content) implements Event {}

    /** The user is told that it is stored; {@code requestId} is {@link #NOT_TOLD} where the client keeps it to itself. */
    record Acked(long at, String content, long requestId, long msgId) implements Event {

        static final long NOT_TOLD = 0;
    }

    /** The user's client gave up. */
    record Unanswered(long at, String content, String why) implements Event {}

    /**
     * A user got a message.
     *
     * @param live by the client that was there all the time, which promises each message once and in order; otherwise by
     *     another one that signed in at the end and asked for everything
     */
    record Received(
            long at, long user, Conversation conversation, long msgId, long sender, String content, boolean live)
            implements Event {}

    /** A user says that a conversation is read up to a message. */
    record ReadTo(long at, long user, Conversation conversation, long msgId, boolean acked) implements Event {}

    /** What a user is told at the end, when nothing happens any more. */
    record Unread(long at, long user, Conversation conversation, long newest, long count) implements Event {}

    /** What a group is called at the end, as a user is told. */
    record Named(long at, long user, Conversation conversation, String name) implements Event {}

    /**
     * Faults at one time.
     *
     * @param until when they were undone: the process told to start again, or to go on
     * @param recovered when all was well again; {@link Long#MAX_VALUE} for never
     */
    record Disturbed(long at, long until, long recovered, String faults) implements Event {

        boolean overlaps(long from, long to) {
            return at <= to && from <= recovered;
        }

        @Override
        public String toString() {
            String end = recovered == Long.MAX_VALUE ? "not recovered" : "recovered at " + recovered;
            return "Disturbed[%d..%d, %s: %s]".formatted(at, until, end, faults);
        }
    }
}
