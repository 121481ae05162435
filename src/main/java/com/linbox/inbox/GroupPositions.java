package com.linbox.inbox;

import com.linbox.group.Membership;
import com.linbox.message.Conversation.Group;
import com.linbox.message.Message;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One group's positions: its newest message and how far each member has read, in one sorted set, so that a message costs one
 * command however many members there are, and who has read up to where is a range.
 */
final class GroupPositions {

    private static final String LAST = "last";
    private static final String RECENT = "recent";

    /** {@code recent} and {@code last} stand before all readers: nobody reads beyond the newest message, and letters follow digits. */
    private static final int BEFORE_READERS = 2;

    private final Map<String, Long> positions = new HashMap<>();

    private static String key(long groupId) {
        return "linbox:group:{" + groupId + "}";
    }

    static void stored(RedisBatch batch, Collection<Message> messages) {
        Map<Long, GroupPositions> byGroup = new HashMap<>();
        for (Message message : messages) {
            if (message.conversation() instanceof Group group) {
                byGroup.computeIfAbsent(group.groupId(), id -> new GroupPositions())
                        .stored(message);
            }
        }
        byGroup.forEach((groupId, group) -> Positions.apply(batch, key(groupId), group.positions));
    }

    private void stored(Message message) {
        positions.merge(LAST, message.msgId(), Math::max);
        positions.merge(RECENT, message.sendTime(), Math::max);
        positions.merge(Long.toString(message.senderId()), message.msgId(), Math::max);
    }

    static void read(RedisBatch batch, long groupId, long userId, long msgId) {
        Positions.apply(batch, key(groupId), Map.of(Long.toString(userId), msgId));
    }

    static void left(RedisBatch batch, long groupId, Collection<Long> userIds) {
        byte[][] members =
                userIds.stream().map(id -> LuaScript.bytes((long) id)).toArray(byte[][]::new);
        batch.add(commands -> commands.zrem(key(groupId), members));
    }

    static CompletionStage<Recent> entry(RedisBatch batch, Membership membership) {
        byte[][] members = {LuaScript.bytes(LAST), LuaScript.bytes(RECENT), LuaScript.bytes(membership.userId())};
        return batch.add(commands -> commands.zmscore(key(membership.groupId()), members))
                .thenApply(scores -> {
                    long last = position(scores.get(0));
                    long read = Math.max(membership.sinceMsgId(), position(scores.get(2)));
                    InboxEntry entry = new InboxEntry(new Group(membership.groupId()), last, read);
                    return new Recent(position(scores.get(1)), entry);
                });
    }

    static CompletionStage<List<ReadPosition>> readers(
            RedisBatch batch, long groupId, long msgId, int offset, int limit) {
        Range<Long> range = Range.create(msgId, Long.MAX_VALUE);
        Limit page = Limit.create(offset + (long) BEFORE_READERS, limit);
        return batch.add(commands -> commands.zrevrangebyscoreWithScores(key(groupId), range, page))
                .thenApply(GroupPositions::readPositions);
    }

    private static List<ReadPosition> readPositions(List<ScoredValue<byte[]>> found) {
        List<ReadPosition> positions = new ArrayList<>(found.size());
        for (ScoredValue<byte[]> reader : found) {
            positions.add(
                    new ReadPosition(Long.parseLong(LuaScript.text(reader.getValue())), (long) reader.getScore()));
        }
        return positions;
    }

    private static long position(@Nullable Double score) {
        return score == null ? 0 : score.longValue();
    }
}
