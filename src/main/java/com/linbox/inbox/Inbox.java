package com.linbox.inbox;

import com.linbox.group.Membership;
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
     * Messages were stored: each is the newest for both ends or for the group, and read by its sender. Handing over many at
     * once costs less than one at a time: one command per user and kind of position, however many conversations, and one
     * per group, however many members.
     */
    void stored(RedisBatch batch, Collection<Message> messages);

    /** {@code userId} has read {@code conversation} up to {@code msgId}, which must not be beyond the newest message. */
    void read(RedisBatch batch, long userId, Conversation conversation, long msgId);

    /** A user's conversation with another one, null where the two have none. */
    CompletionStage<@Nullable InboxEntry> entry(RedisBatch batch, long userId, Conversation.Session conversation);

    /**
     * A group as one of its members has it. Where the inbox does not know the group, which may yet have messages,
     * {@code lastMsgId} is 0.
     */
    CompletionStage<InboxEntry> entry(RedisBatch batch, Membership membership);

    /**
     * A page of a user's conversations, the one with the newest message first; empty beyond the end. Conversations whose
     * newest messages were stored in the same millisecond have a fixed order among each other; groups that the inbox does
     * not know stand last.
     *
     * @param groups all the user's groups
     * @param offset how many to pass over, at least 0
     * @param limit how many at most, at least 1
     */
    CompletionStage<List<InboxEntry>> page(
            RedisBatch batch, long userId, Collection<Membership> groups, int offset, int limit);

    /**
     * Who has read a group up to {@code msgId}, at least 1, those who have read furthest first.
     *
     * @param offset how many to pass over, at least 0
     * @param limit how many at most, at least 1
     */
    CompletionStage<List<ReadPosition>> readers(RedisBatch batch, long groupId, long msgId, int offset, int limit);

    /** How many conversations a user may have muted at a time. */
    int MOST_MUTED = 1_000;

    /** Of how many one-to-one conversations, those with the newest messages, an {@link UnreadTotal} is made up. */
    int MOST_COUNTED = 1_000;

    /**
     * The user wants to hear nothing of a conversation while offline.
     *
     * @param until in milliseconds since the epoch; {@link Long#MAX_VALUE} is for ever, a moment that is over mutes it no more
     * @param now in milliseconds since the epoch
     * @return whether it is done; false where {@link #MOST_MUTED} others are muted
     */
    CompletionStage<Boolean> mute(RedisBatch batch, long userId, Conversation conversation, long until, long now);

    /**
     * What a user has not read in all conversations that are not muted, and which these are. Costs Redis a script over at most
     * {@link #MOST_COUNTED} one-to-one conversations, and a command for each group.
     *
     * @param groups the groups that count
     * @param now in milliseconds since the epoch
     */
    CompletionStage<UnreadTotal> unread(RedisBatch batch, long userId, Collection<Membership> groups, long now);

    /** These users are no members any more: what they have read is forgotten, and that they had the group muted. */
    void left(RedisBatch batch, long groupId, Collection<Long> userIds);
}
