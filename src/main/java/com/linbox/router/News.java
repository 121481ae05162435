package com.linbox.router;

import com.linbox.group.GroupState;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.presence.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that others are to learn of, and who sent it from where.
 *
 * @param group the group as it was when the message was stored, null where it is for none
 * @param removed users whom the message has made members no more; it is the last that they get
 */
record News(Message message, Origin origin, @Nullable GroupState group, List<Long> removed) {

    static News of(Message message, Origin origin, @Nullable GroupState group) {
        return new News(message, origin, group, List.of());
    }

    /** The two ends of a one-to-one conversation. */
    Conversation.@Nullable Session pair() {
        return message.conversation() instanceof Conversation.Session pair ? pair : null;
    }

    /** Who is told of it by whoever has stored it: the two ends of a one-to-one conversation, and who is no member any more. */
    List<Long> told() {
        Conversation.Session pair = pair();
        if (pair == null) {
            return removed;
        }
        return pair.first() == pair.second() ? List.of(pair.first()) : List.of(pair.first(), pair.second());
    }

    /** Whether it is in a group of which its sender is no member. */
    boolean isFromOutside() {
        return group != null && group.member(message.senderId()) == null;
    }

    boolean isFrom(Session session) {
        return origin.isOf(session.gatewayId(), session.connectionId());
    }
}
