package com.linbox.client;

/**
 * A message that the server has stored, or a change that is one.
 *
 * @param msgId its place in the conversation
 * @param sendTime when it was stored, in milliseconds since the epoch
 * @param requestId the r_id it was sent with
 */
public record SentMessage(long msgId, long sendTime, long requestId) {}
