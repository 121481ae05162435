package com.linbox.protocol;

/** Whether a user is online, in a {@link PresenceSubscribeResponse}. */
public record UserPresence(String userId, boolean online) {}
