package com.linbox.store;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The stored messages. Thread-safe. Every method throws {@link StoreUnavailableException} where the database cannot be
 * asked at present; nothing has been stored then, or what has been is found as a {@link SendOutcome.Duplicate} by a later
 * attempt.
 */
public interface MessageStore {

    /**
     * Stores drafts in their order, all in one transaction, and gives each conversation's the next msg_ids without a gap.
     * A draft that is there already (same conversation, sender and request id), or stands twice among the given ones, is
     * not stored again. The rows are committed when the method returns.
     *
     * @param numbering the caller's counters, which this call keeps up to date; every thread has its own
     * @param sendTime the send time of what is stored now, in milliseconds since the epoch
     * @return one outcome for each draft, in the drafts' order
     */
    List<SendOutcome> append(List<Draft> drafts, Numbering numbering, long sendTime);

    /**
     * The messages with {@code afterMsgId < msg_id <= upToMsgId}, newest first.
     *
     * @param limit how many at most, at least 1
     */
    List<Message> pull(Conversation conversation, long afterMsgId, long upToMsgId, int limit);

    /** The newest message of each of these conversations; those without any are left out. */
    Map<Conversation, Message> newest(Collection<? extends Conversation> conversations);

    /** The newest msg_id of each of these conversations, 0 where there is no message. */
    Map<Conversation, Long> newestMsgIds(Collection<? extends Conversation> conversations);

    /**
     * Stores an event that tells of a change to an earlier message, and changes that message, in one transaction: both or
     * neither. An event that is there already has done its work and does it no second time.
     *
     * @param revision of a message of the event's conversation, which is there
     */
    SendOutcome append(Draft event, Revision revision, Numbering numbering, long sendTime);

    /** Those of these drafts that are stored, as {@link #append} would tell them from new ones. */
    List<Message> stored(Collection<Draft> drafts);
}
