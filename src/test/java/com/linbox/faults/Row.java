package com.linbox.faults;

import com.linbox.message.Conversation;

/** A stored message; {@code content} is the name for one that gives a group its name. */
record Row(Conversation conversation, long msgId, long sender, long requestId, String content) {}
