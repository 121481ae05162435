package com.linbox.rpc.api;

import java.io.Serializable;

/**
 * A message that is recalled or rewritten.
 *
 * @param msgId the message's place
 * @param changeMsgId the place of the event that tells of the change, in the same conversation
 * @param sendTime when the change was stored
 */
public record ChangedMessage(long msgId, long changeMsgId, long sendTime) implements Serializable {}
