package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;

/**
 * @param messages newest first; fewer than asked for where they are long
 * @param more whether there are older ones within what was asked for
 */
public record HistoryPage(List<StoredMessage> messages, boolean more) implements Serializable {}
