package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;

/** @param groupIds in no order that means anything */
public record GroupsOfUser(List<String> groupIds) implements Serializable {}
