package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;

/** @param userIds 1 to 1000 users */
public record PresenceRequest(List<String> userIds) implements Serializable {}
