package com.linbox.rpc.api;

import java.io.Serializable;

/** A group that something is asked about. */
public record GroupRequest(String groupId) implements Serializable {}
