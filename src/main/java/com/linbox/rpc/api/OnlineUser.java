package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;

/** @param sessions at least one, the one that signed in first standing first */
public record OnlineUser(String userId, List<OnlineSession> sessions) implements Serializable {}
