package com.linbox.group;

/**
 * A user in a group.
 *
 * @param sinceMsgId the group's newest msg_id before the user joined: what comes after is theirs
 * @param mutedUntil until when the user may not send, in milliseconds since the epoch; 0 where they may,
 *     {@link Long#MAX_VALUE} for ever
 */
public record Member(long userId, Role role, long sinceMsgId, long mutedUntil) {

    /** A new one; {@code sinceMsgId} is known when the event of the joining has its place. */
    static Member joining(long userId, Role role) {
        return new Member(userId, role, 0, 0);
    }

    Member with(Role newRole) {
        return new Member(userId, newRole, sinceMsgId, mutedUntil);
    }

    Member muted(long until) {
        return new Member(userId, role, sinceMsgId, until);
    }

    Member since(long msgId) {
        return new Member(userId, role, msgId, mutedUntil);
    }
}
