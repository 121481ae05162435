package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A change to a group that is stored.
 *
 * @param msgId the place of its event in the group's conversation; null where nothing was to be changed
 * @param sendTime when it was stored; null where nothing was to be changed
 */
public record GroupChanged(
        String groupId, @Nullable Long msgId, @Nullable Long sendTime) implements Serializable {}
