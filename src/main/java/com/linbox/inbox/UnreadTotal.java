package com.linbox.inbox;

import com.linbox.message.Conversation;
import java.util.Set;

/**
 * What a user has not read, in all conversations together.
 *
 * @param count messages in conversations that are not muted
 * @param muted the conversations that are
 */
public record UnreadTotal(long count, Set<Conversation> muted) {

    public UnreadTotal {
        muted = Set.copyOf(muted);
    }
}
