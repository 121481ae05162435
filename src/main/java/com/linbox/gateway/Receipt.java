package com.linbox.gateway;

/**
 * What a client has, as far as hearing from it tells: what was written to it well before. What it says soon after a message was
 * written may have been on its way already, and tells nothing.
 *
 * <p>Of messages in doubt it remembers the oldest and the newest, which is enough for the newest to become certain in a
 * pause and for some to become certain where there is no pause. Times are those of a monotonic clock, in nanoseconds.
 */
final class Receipt {

    private long oldest;
    private long oldestAt;
    private long newest;
    private long newestAt;
    private long certain;

    /** Everything up to this message has left for the client. */
    void written(long msgId, long now) {
        if (oldest <= certain) {
            oldest = msgId;
            oldestAt = now;
        }
        newest = msgId;
        newestAt = now;
    }

    /**
     * The client was heard. Gives up to which message it has everything, 0 where that is not known of any.
     *
     * @param doubt how long before a message must have been written to count
     */
    long heard(long now, long doubt) {
        if (newest > certain && now - newestAt >= doubt) {
            certain = newest;
        } else if (oldest > certain && now - oldestAt >= doubt) {
            certain = oldest;
            oldest = newest;
            oldestAt = newestAt;
        }
        return certain;
    }
}
