package com.linbox.store;

import com.linbox.message.Conversation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest msg_id of the conversations that one router thread is responsible for, so that numbering a message asks the
 * database nothing. A counter that is out of date does no harm: the database's unique keys refuse the row, and the
 * counter is read anew. Bounded: the conversation that was idle for longest is forgotten. Not thread-safe.
 */
public final class Numbering {

    private final Map<Conversation, Long> newest;

    /** @param maxConversations how many counters are kept, at least 1 */
    public Numbering(int maxConversations) {
        if (maxConversations < 1) {
            throw new IllegalArgumentException("maxConversations: " + maxConversations + " (expected: >= 1)");
        }
        this.newest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Conversation, Long> eldest) {
                return size() > maxConversations;
            }
        };
    }

    /** Forgets everything: the conversations may have found another router. */
    public void forgetAll() {
        newest.clear();
    }

    @Nullable
    Long newest(Conversation conversation) {
        return newest.get(conversation);
    }

    void set(Conversation conversation, long msgId) {
        newest.put(conversation, msgId);
    }

    void forget(Conversation conversation) {
        newest.remove(conversation);
    }
}
