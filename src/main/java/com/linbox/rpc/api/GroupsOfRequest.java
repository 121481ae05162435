package com.linbox.rpc.api;

import java.io.Serializable;

/** A user whose groups are asked for. */
public record GroupsOfRequest(String userId) implements Serializable {}
