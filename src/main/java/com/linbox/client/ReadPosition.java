package com.linbox.client;

/** How far a user has read a conversation. */
public record ReadPosition(long userId, long msgId) {}
