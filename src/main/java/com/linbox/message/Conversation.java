package com.linbox.message;

import org.jspecify.annotations.Nullable;

/** Where messages are numbered and kept: the two ends of a one-to-one conversation, or a group. */
public sealed interface Conversation {

    /**
     * The text under which the conversation is stored, queued and listed. A one-to-one conversation's has a {@code _} in
     * it, a group's is its id alone, so that the two never meet.
     */
    String key();

    ConversationType type();

    /** Who or what a user has it with, as a text: the other end, or the group. */
    String remoteOf(long userId);

    /** The group's id as a text, null of a one-to-one conversation. */
    default @Nullable String groupText() {
        return null;
    }

    /** Reads what {@link #key()} wrote. */
    static Conversation ofKey(String key) {
        int separator = key.indexOf('_');
        return separator < 0
                ? new Group(Long.parseLong(key))
                : new Session(
                        Long.parseLong(key.substring(0, separator)), Long.parseLong(key.substring(separator + 1)));
    }

    /**
     * A one-to-one conversation. The smaller id stands first in <em>text</em> order ({@code "10" < "9"}): stored data of
     * existing installations depends on it.
     */
    record Session(long first, long second) implements Conversation {

        public Session {
            if (Long.toString(first).compareTo(Long.toString(second)) > 0) {
                long swapped = first;
                first = second;
                second = swapped;
            }
        }

        @Override
        public String key() {
            return first + "_" + second;
        }

        @Override
        public ConversationType type() {
            return ConversationType.SESSION;
        }

        @Override
        public String remoteOf(long userId) {
            return Long.toString(partnerOf(userId));
        }

        /** The other end; a user who talks to themself is their own partner. */
        public long partnerOf(long userId) {
            return userId == first ? second : first;
        }
    }

    record Group(long groupId) implements Conversation {

        @Override
        public String key() {
            return Long.toString(groupId);
        }

        @Override
        public ConversationType type() {
            return ConversationType.GROUP;
        }

        @Override
        public String remoteOf(long userId) {
            return key();
        }

        @Override
        public String groupText() {
            return key();
        }
    }
}
