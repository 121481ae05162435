package com.linbox.inbox;

import com.linbox.message.Conversation.Session;
import com.linbox.message.Message;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ZAddArgs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a number of messages means for the positions of one end: only the newest message of each conversation counts, so
 * that many messages of one conversation cost no more than one.
 */
final class Positions {

    /** Only ever up; what is not there yet is added. */
    static final ZAddArgs UP = ZAddArgs.Builder.gt();

    private final Map<String, Long> last = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();
    private final Map<String, Long> recent = new HashMap<>();

    /** By user, what the one-to-one ones of these messages mean for their two ends. */
    static Map<Long, Positions> of(Iterable<Message> messages) {
        Map<Long, Positions> byUser = new HashMap<>();
        for (Message message : messages) {
            if (!(message.conversation() instanceof Session session)) {
                continue;
            }
            byUser.computeIfAbsent(session.first(), user -> new Positions()).stored(message);
            byUser.computeIfAbsent(session.second(), user -> new Positions()).stored(message);
            byUser.computeIfAbsent(message.senderId(), user -> new Positions()).sent(message);
        }
        return byUser;
    }

    private void stored(Message message) {
        String key = message.conversation().key();
        last.merge(key, message.msgId(), Math::max);
        recent.merge(key, message.sendTime(), Math::max);
    }

    private void sent(Message message) {
        read.merge(message.conversation().key(), message.msgId(), Math::max);
    }

    void apply(RedisBatch batch, InboxKeys keys) {
        apply(batch, keys.last(), last);
        apply(batch, keys.read(), read);
        apply(batch, keys.recent(), recent);
    }

    static void apply(RedisBatch batch, String key, Map<String, Long> positions) {
        if (positions.isEmpty()) {
            return;
        }
        List<ScoredValue<byte[]>> members = new ArrayList<>(positions.size());
        positions.forEach(
                (conversation, position) -> members.add(ScoredValue.just(position, LuaScript.bytes(conversation))));
        batch.add(commands -> commands.zadd(key, UP, scored(members)));
    }

    @SuppressWarnings("unchecked")
    private static ScoredValue<byte[]>[] scored(List<ScoredValue<byte[]>> members) {
        return members.toArray(ScoredValue[]::new);
    }
}
