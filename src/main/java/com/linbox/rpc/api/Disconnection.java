package com.linbox.rpc.api;

import java.io.Serializable;

/** @param sessions how many sessions are told to end */
public record Disconnection(int sessions) implements Serializable {}
