package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param invite who may add members from their clients: {@code administrators} or {@code members}
 * @param history what new members may read: {@code joined} or {@code all}
 * @param mutedUntil until when only administrators and the owner may send, −1 for ever; null where all may
 * @param dissolved whether it is over
 * @param memberCount how many members it has; 0 where it is over
 */
public record GroupDescription(
        String groupId,
        String name,
        String invite,
        String history,
        @Nullable Long mutedUntil,
        boolean dissolved,
        int memberCount)
        implements Serializable {}
