package com.linbox.group;

/**
 * What is true of a group as a whole.
 *
 * @param name possibly empty
 * @param mutedUntil until when only administrators and the owner may send, in milliseconds since the epoch; 0 where all
 *     may, {@link Long#MAX_VALUE} for ever
 * @param dissolved whether it is over: its members are nobody's any more, its id is not used again
 * @param version the msg_id of the event that changed the group or its members last; 0 where none has been
 */
public record Group(
        long groupId,
        String name,
        Inviters inviters,
        HistoryAccess history,
        long mutedUntil,
        boolean dissolved,
        long version) {

    /** The longest name, in characters. */
    public static final int MAX_NAME = 100;

    /** A group of which nothing but members is known, as the original's database has them: all of its history is open to them. */
    public static Group ofOriginal(long groupId) {
        return new Group(groupId, "", Inviters.ADMINISTRATORS, HistoryAccess.ALL, 0, false, 0);
    }

    Group named(String newName) {
        return new Group(groupId, newName, inviters, history, mutedUntil, dissolved, version);
    }

    Group with(Inviters newInviters, HistoryAccess newHistory) {
        return new Group(groupId, name, newInviters, newHistory, mutedUntil, dissolved, version);
    }

    Group muted(long until) {
        return new Group(groupId, name, inviters, history, until, dissolved, version);
    }

    Group ended() {
        return new Group(groupId, name, inviters, history, mutedUntil, true, version);
    }

    Group changedBy(long msgId) {
        return new Group(groupId, name, inviters, history, mutedUntil, dissolved, msgId);
    }
}
