package com.linbox.inbox;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import io.lettuce.core.ScriptOutputType;
import java.util.concurrent.CompletionStage;

/**
 * Sums up in one step what a user has not read of the one-to-one conversations with the newest messages, without those that
 * are muted.
 *
 * <pre>
 * KEYS  1 recent, 2 last, 3 read, 4 muted: the sorted sets of one user
 * ARGV  1 how many conversations to look at, below 8,000 (what Lua's unpack takes), 2 now, ms since the epoch
 * gives the number of unread messages
 * </pre>
 */
final class UnreadScript {

    private final LuaScript script = new LuaScript("""
            local newest = redis.call('ZREVRANGE', KEYS[1], 0, ARGV[1] - 1)
            if #newest == 0 then
              return 0
            end
            local last = redis.call('ZMSCORE', KEYS[2], unpack(newest))
            local read = redis.call('ZMSCORE', KEYS[3], unpack(newest))
            local muted = redis.call('ZMSCORE', KEYS[4], unpack(newest))
            local now = tonumber(ARGV[2])
            local sum = 0
            for i = 1, #newest do
              if tonumber(muted[i] or 0) <= now then
                sum = sum + math.max(0, tonumber(last[i] or 0) - tonumber(read[i] or 0))
              end
            end
            return sum
            """, ScriptOutputType.INTEGER);

    CompletionStage<Long> run(RedisBatch batch, InboxKeys keys, int conversations, long now) {
        return batch.add(commands -> script.run(
                commands,
                new String[] {keys.recent(), keys.last(), keys.read(), keys.muted()},
                LuaScript.bytes(conversations),
                LuaScript.bytes(now)));
    }
}
