package com.linbox.rpc.api;

import java.io.Serializable;

/**
 * @param systemType what the product's clients know the kind by
 * @param unread how many came since the user's client acknowledged the type
 */
public record SystemUnread(int systemType, long unread) implements Serializable {}
