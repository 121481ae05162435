package com.linbox.inbox;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import io.lettuce.core.ScriptOutputType;
import java.util.concurrent.CompletionStage;

/**
 * Mutes a conversation or, where the moment is over, mutes it no more; forgets those whose time is over.
 *
 * <pre>
 * KEYS  1 muted: the sorted set of one user
 * ARGV  1 conversation key, 2 until when, ms since the epoch or +inf, 3 now, ms since the epoch, 4 how many may be muted
 * gives 1 where it is done, 0 where too many are muted already
 * </pre>
 */
final class MuteScript {

    private static final String FOR_EVER = "+inf";

    private final LuaScript script = new LuaScript("""
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
            if tonumber(ARGV[2]) <= tonumber(ARGV[3]) then
              redis.call('ZREM', KEYS[1], ARGV[1])
              return 1
            end
            if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) and not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
              return 0
            end
            redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
            return 1
            """, ScriptOutputType.INTEGER);

    /** @param until {@link Long#MAX_VALUE} is for ever */
    CompletionStage<Boolean> run(
            RedisBatch batch, InboxKeys keys, String conversation, long until, long now, int most) {
        String end = until == Long.MAX_VALUE ? FOR_EVER : Long.toString(until);
        return batch.<Long>add(commands -> script.run(
                        commands,
                        keys.muted(),
                        LuaScript.bytes(conversation),
                        LuaScript.bytes(end),
                        LuaScript.bytes(now),
                        LuaScript.bytes(most)))
                .thenApply(done -> done == 1);
    }
}
