package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;

/** @param types by {@code systemType}; 10 and 30 are always there, others only where anything is unread */
public record SystemUnreadCounts(List<SystemUnread> types) implements Serializable {}
