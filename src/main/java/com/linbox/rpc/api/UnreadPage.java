package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;

/** @param nextOffset what to ask for next; 0 where there are no more */
public record UnreadPage(List<UnreadConversation> conversations, int nextOffset) implements Serializable {}
