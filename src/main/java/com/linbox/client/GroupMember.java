package com.linbox.client;

import com.linbox.group.Role;

/**
 * A user in a group.
 *
 * @param mutedUntil until when the user may not send, in milliseconds since the epoch; 0 where they may,
 *     {@link Long#MAX_VALUE} for ever
 */
public record GroupMember(long userId, Role role, long mutedUntil) {}
