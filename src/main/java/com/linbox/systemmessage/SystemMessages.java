package com.linbox.systemmessage;

import com.linbox.redis.RedisBatch;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/**
 * What the product told its users: kept, up to a number and an age ({@code linbox.system-messages.*}), for every device to
 * fetch what comes after its position, and counted by type. Thread-safe, as far as the batches are not shared. What takes
 * part in a batch has happened when the batch has been executed; the other methods do not block, and fail with
 * {@link com.linbox.redis.RedisUnavailableException}.
 */
public interface SystemMessages {

    /** Types that are listed with a count of 0 too: new friends and notices. */
    List<Integer> ALWAYS_COUNTED = List.of(10, 30);

    /** Stores a message for each of these users and counts it as unread. Storing it again stores another one. */
    void store(RedisBatch batch, Collection<Long> userIds, int type, String content);

    /**
     * How many messages of each type came since the user acknowledged it. Types without any are left out, but for
     * {@link #ALWAYS_COUNTED}. A message that was dropped, being too old or one too many, stays counted.
     */
    CompletionStage<SortedMap<Integer, Long>> unread(RedisBatch batch, long userId);

    /** The user has seen all messages of this type. */
    void acknowledge(RedisBatch batch, long userId, int type);

    /** The msg_id up to which this device is known to have the messages; 0 where it has none, or is not known. */
    CompletionStage<Long> position(long userId, String device);

    /**
     * The stored messages that come after one, oldest first.
     *
     * @param msgId 0 for all
     * @param limit how many at most, at least 1
     */
    CompletionStage<List<StoredSystemMessage>> after(long userId, long msgId, int limit);

    /** This device has all messages up to this one. A position never moves back. */
    CompletionStage<Void> confirm(long userId, String device, long msgId);
}
