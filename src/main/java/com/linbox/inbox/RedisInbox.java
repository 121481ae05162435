package com.linbox.inbox;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The inbox in Redis; keys as in the package's table. */
final class RedisInbox implements Inbox {

    private final PageScript page = new PageScript();

    @Override
    public void stored(RedisBatch batch, Collection<Message> messages) {
        Positions.of(messages).forEach((userId, positions) -> positions.apply(batch, InboxKeys.of(userId)));
    }

    @Override
    public void read(RedisBatch batch, long userId, Conversation conversation, long msgId) {
        batch.add(commands -> commands.zadd(
                InboxKeys.of(userId).read(), Positions.UP, (double) msgId, LuaScript.bytes(conversation.key())));
    }

    @Override
    public CompletionStage<@Nullable InboxEntry> entry(RedisBatch batch, long userId, Conversation conversation) {
        InboxKeys keys = InboxKeys.of(userId);
        byte[] member = LuaScript.bytes(conversation.key());
        CompletionStage<Double> last = batch.add(commands -> commands.zscore(keys.last(), member));
        CompletionStage<Double> read = batch.add(commands -> commands.zscore(keys.read(), member));
        return last.thenCombine(read, (newest, seen) -> entry(conversation, newest, seen));
    }

    private static @Nullable InboxEntry entry(
            Conversation conversation, @Nullable Double newest, @Nullable Double seen) {
        return newest == null
                ? null
                : new InboxEntry(conversation, newest.longValue(), seen == null ? 0 : seen.longValue());
    }

    @Override
    public CompletionStage<List<InboxEntry>> page(RedisBatch batch, long userId, int offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "offset: " + offset + ", limit: " + limit + " (expected: offset >= 0, limit >= 1)");
        }
        return page.run(batch, InboxKeys.of(userId), offset, limit).thenApply(PageScript::entries);
    }
}
