package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param offset how many conversations to pass over; null for 0
 * @param limit how many at most, 1 to 200; null for 20
 */
public record UnreadRequest(
        String userId, @Nullable Integer offset, @Nullable Integer limit) implements Serializable {}
