package com.linbox.protocol;

/** How far a user has read, in a {@link ReadersResponse}. */
public record Reader(String userId, long msgId) {}
