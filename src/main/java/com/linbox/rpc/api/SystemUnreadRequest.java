package com.linbox.rpc.api;

import java.io.Serializable;

/** Whose unread system messages to count. */
public record SystemUnreadRequest(String userId) implements Serializable {}
