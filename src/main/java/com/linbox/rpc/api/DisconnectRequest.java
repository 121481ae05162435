package com.linbox.rpc.api;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * @param device the device whose sessions end; null for all of the user's
 * @param reason what the client is told, up to 200 characters; null for a text of LINBOX's own
 */
public record DisconnectRequest(
        String userId, @Nullable String device, @Nullable String reason) implements Serializable {}
