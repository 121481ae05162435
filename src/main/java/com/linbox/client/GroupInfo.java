package com.linbox.client;

import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;

/**
 * What a group is like.
 *
 * @param inviters who may add members
 * @param history how much new members may read
 * @param mutedUntil until when only administrators and the owner may send, in milliseconds since the epoch; 0 where all may,
 *     {@link Long#MAX_VALUE} for ever
 */
public record GroupInfo(
        long groupId, String name, Inviters inviters, HistoryAccess history, long mutedUntil, int memberCount) {}
