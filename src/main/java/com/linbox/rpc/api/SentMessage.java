package com.linbox.rpc.api;

import java.io.Serializable;

/**
 * A message that is stored.
 *
 * @param requestId as in the request
 * @param msgId its place in the conversation: 1, 2, 3, …
 * @param sendTime when it was stored
 */
public record SentMessage(String requestId, long msgId, long sendTime) implements Serializable {}
