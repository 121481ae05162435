package com.linbox.inbox;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.redis.RedisBatch;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The last and read positions of every user's conversations. Every update only moves positions up, so that applying one
 * twice, late or out of order changes nothing. Updates and queries join a {@link RedisBatch}; results are there when the
 * batch has been executed. Thread-safe, as far as the batches are not shared.
 */
public interface Inbox {

    /**
     * One-to-one messages were stored: each is the newest for both ends, and read by its sender. Handing over many at
     * once costs less than one at a time: one command per user and kind of position, however many conversations.
     *
     * @throws IllegalArgumentException for a group's message, which never touches its members' inboxes
     */
    void stored(RedisBatch batch, Collection<Message> messages);

    /** {@code userId} has read {@code conversation} up to {@code msgId}, which must not be beyond the newest message. */
    void read(RedisBatch batch, long userId, Conversation conversation, long msgId);

    /** One conversation of a user, null where the user has none such. */
    CompletionStage<@Nullable InboxEntry> entry(RedisBatch batch, long userId, Conversation conversation);

    /**
     * A page of a user's conversations, the one with the newest message first; empty beyond the end. Conversations whose
     * newest messages were stored in the same millisecond have a fixed order among each other.
     *
     * @param offset how many to pass over, at least 0
     * @param limit how many at most, at least 1
     */
    CompletionStage<List<InboxEntry>> page(RedisBatch batch, long userId, int offset, int limit);
}
