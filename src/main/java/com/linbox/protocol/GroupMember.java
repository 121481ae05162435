package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A member in a {@link GroupInfoResponse}.
 *
 * @param role {@code owner}, {@code administrator} or {@code member}
 * @param mutedUntil until when they may not send; absent where they may, −1 for ever
 */
public record GroupMember(
        @Nullable String userId,
        @Nullable String role,
        @Nullable Long mutedUntil) {}
