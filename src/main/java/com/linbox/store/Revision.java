package com.linbox.store;

/** What an earlier message is to be from now on: the same but for its type and content. */
public record Revision(long msgId, String mimeType, String content) {}
