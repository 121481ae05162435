package com.linbox.inbox;

import com.linbox.group.Membership;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import io.lettuce.core.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inbox in Redis; keys as in the package's table. */
final class RedisInbox implements Inbox {

    private final PageScript page = new PageScript();
    private final MuteScript mute = new MuteScript();
    private final UnreadScript unread = new UnreadScript();

    @Override
    public void stored(RedisBatch batch, Collection<Message> messages) {
        Positions.of(messages).forEach((userId, positions) -> positions.apply(batch, InboxKeys.of(userId)));
        GroupPositions.stored(batch, messages);
    }

    @Override
    public void read(RedisBatch batch, long userId, Conversation conversation, long msgId) {
        if (conversation instanceof Conversation.Group group) {
            GroupPositions.read(batch, group.groupId(), userId, msgId);
        } else {
            batch.add(commands -> commands.zadd(
                    InboxKeys.of(userId).read(), Positions.UP, (double) msgId, LuaScript.bytes(conversation.key())));
        }
    }

    @Override
    public CompletionStage<@Nullable InboxEntry> entry(
            RedisBatch batch, long userId, Conversation.Session conversation) {
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
    public CompletionStage<InboxEntry> entry(RedisBatch batch, Membership membership) {
        return GroupPositions.entry(batch, membership).thenApply(Recent::entry);
    }

    @Override
    public CompletionStage<List<InboxEntry>> page(
            RedisBatch batch, long userId, Collection<Membership> groups, int offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "offset: " + offset + ", limit: " + limit + " (expected: offset >= 0, limit >= 1)");
        }
        InboxKeys keys = InboxKeys.of(userId);
        if (groups.isEmpty()) {
            return page.run(batch, keys, offset, limit).thenApply(RedisInbox::entries);
        }
        // Any of the groups may stand before any of the others.
        int end = (int) Math.min(Integer.MAX_VALUE, (long) offset + limit);
        List<CompletableFuture<Recent>> ofGroups = new ArrayList<>(groups.size());
        for (Membership membership : groups) {
            ofGroups.add(GroupPositions.entry(batch, membership).toCompletableFuture());
        }
        return page.run(batch, keys, 0, end)
                .thenCombine(CompletableFuture.allOf(ofGroups.toArray(CompletableFuture<?>[]::new)), (pairs, done) -> {
                    List<Recent> all = new ArrayList<>(pairs);
                    ofGroups.forEach(group -> all.add(group.join()));
                    all.sort(Recent.ORDER);
                    return entries(all.subList(Math.min(offset, all.size()), Math.min(end, all.size())));
                });
    }

    private static List<InboxEntry> entries(List<Recent> page) {
        return page.stream().map(Recent::entry).toList();
    }

    @Override
    public CompletionStage<List<ReadPosition>> readers(
            RedisBatch batch, long groupId, long msgId, int offset, int limit) {
        return GroupPositions.readers(batch, groupId, msgId, offset, limit);
    }

    @Override
    public CompletionStage<Boolean> mute(
            RedisBatch batch, long userId, Conversation conversation, long until, long now) {
        return mute.run(batch, InboxKeys.of(userId), conversation.key(), until, now, MOST_MUTED);
    }

    @Override
    public CompletionStage<UnreadTotal> unread(RedisBatch batch, long userId, Collection<Membership> groups, long now) {
        InboxKeys keys = InboxKeys.of(userId);
        CompletionStage<Set<Conversation>> muted = muted(batch, keys, now);
        CompletionStage<UnreadTotal> total =
                unread.run(batch, keys, MOST_COUNTED, now).thenCombine(muted, UnreadTotal::new);
        for (Membership membership : groups) {
            total = total.thenCombine(entry(batch, membership), RedisInbox::plus);
        }
        return total;
    }

    private static CompletionStage<Set<Conversation>> muted(RedisBatch batch, InboxKeys keys, long now) {
        Range<Long> later = Range.from(Range.Boundary.excluding(now), Range.Boundary.unbounded());
        return batch.add(commands -> commands.zrangebyscore(keys.muted(), later))
                .thenApply(found -> found.stream()
                        .map(key -> Conversation.ofKey(LuaScript.text(key)))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static UnreadTotal plus(UnreadTotal total, InboxEntry group) {
        return group.unread() == 0 || total.muted().contains(group.conversation())
                ? total
                : new UnreadTotal(total.count() + group.unread(), total.muted());
    }

    @Override
    public void left(RedisBatch batch, long groupId, Collection<Long> userIds) {
        if (!userIds.isEmpty()) {
            GroupPositions.left(batch, groupId, userIds);
            byte[] group = LuaScript.bytes(groupId);
            userIds.forEach(userId ->
                    batch.add(commands -> commands.zrem(InboxKeys.of(userId).muted(), group)));
        }
    }
}
