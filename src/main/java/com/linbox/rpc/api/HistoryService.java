package com.linbox.rpc.api;

/** What users have, read without changing anything: no read position moves. */
public interface HistoryService {

    /**
     * A page of a conversation's messages, newest first. The whole history, page by page: ask without {@code upToMsgId}, then
     * with the smallest {@code msgId} received minus one, while {@code more} is true.
     */
    HistoryPage history(HistoryRequest request) throws RequestFailedException;

    /** A page of a user's conversations with their unread counts, the one with the newest message first. */
    UnreadPage unread(UnreadRequest request) throws RequestFailedException;

    /** How many system messages of each type a user has not acknowledged. */
    SystemUnreadCounts systemUnread(SystemUnreadRequest request) throws RequestFailedException;
}
