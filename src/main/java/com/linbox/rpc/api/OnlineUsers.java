package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;

/** @param users those who are online, in the order asked for */
public record OnlineUsers(List<OnlineUser> users) implements Serializable {}
