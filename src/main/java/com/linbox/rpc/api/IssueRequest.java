package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param device the only device that may sign in with the token, as the client calls itself, up to 64 characters; null for
 *     any
 * @param lifetimeSeconds for how long the token is good, 1 to 315360000 (ten years); a session that it began goes on after
 *     that
 */
public record IssueRequest(String userId, @Nullable String device, Long lifetimeSeconds) implements Serializable {}
