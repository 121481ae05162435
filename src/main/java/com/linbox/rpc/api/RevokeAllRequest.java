package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** @param reason what the user's clients are told, up to 200 characters; null for a text of LINBOX's own */
public record RevokeAllRequest(String userId, @Nullable String reason) implements Serializable {}
