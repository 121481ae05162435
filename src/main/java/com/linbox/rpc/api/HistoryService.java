package com.linbox.rpc.api;

/** What users have, read without changing anything: no read position moves. */
public interface HistoryService {

    /**
     * A page of a conversation's messages, newest first. The whole history, page by page: ask without {@code upToMsgId}, then
     * with the smallest {@code msgId} received minus one, while {@code more} is true. Of a group a member may read what the
     * group lets them, the back end itself all of it, be it that the group is over.
     *
     * <p>Errors besides the usual ones: {@code NO_SUCH_GROUP} (404); {@code NOT_MEMBER} (403) where the user is no member of
     * the group.
     */
    HistoryPage history(HistoryRequest request) throws RequestFailedException;

    /** A page of a user's conversations, groups among them, with their unread counts, the one with the newest message first. */
    UnreadPage unread(UnreadRequest request) throws RequestFailedException;

    /** How many system messages of each type a user has not acknowledged. */
    SystemUnreadCounts systemUnread(SystemUnreadRequest request) throws RequestFailedException;
}
