package com.linbox.inbox;

/** Up to which message a user has read a conversation. */
public record ReadPosition(long userId, long msgId) {}
