package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param after the {@link MemberPage#after} of the page before; null for the first
 * @param limit how many at most, 1 to 1000; null for 20
 */
public record MemberListRequest(
        String groupId, @Nullable String after, @Nullable Integer limit) implements Serializable {}
