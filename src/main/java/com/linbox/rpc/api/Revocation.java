package com.linbox.rpc.api;

import java.io.Serializable;

/**
 * @param tokens how many tokens were taken back; 0 where there was none, be it that it had expired
 * @param sessions how many sessions are told to end
 */
public record Revocation(int tokens, int sessions) implements Serializable {}
