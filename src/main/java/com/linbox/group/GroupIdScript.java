package com.linbox.group;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Instant;

/**
 * Gives group ids: each greater than all before, whichever instance asks, because Redis gives them one at a time. An id is at
 * least the milliseconds since 2024 with twelve bits to spare, so that ids stay ahead of those given before even where Redis
 * has lost the last one; they stay within 2<sup>53</sup>, where every language's numbers are exact, until 2093. A counter
 * alone would begin anew with an empty Redis; a number for each instance would have to be given out and guarded.
 *
 * <pre>
 * KEYS  1 the id given last
 * ARGV  1 the least id by the clock
 * gives the new id
 * </pre>
 */
final class GroupIdScript {

    static final String KEY = "linbox:group-id";

    private static final long EPOCH = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final int SPARE_BITS = 12;

    private final LuaScript script = new LuaScript("""
            local id = math.max(tonumber(redis.call('GET', KEYS[1]) or '0') + 1, tonumber(ARGV[1]))
            redis.call('SET', KEYS[1], string.format('%.0f', id))
            return id
            """, ScriptOutputType.INTEGER);

    /** @param now milliseconds since the epoch */
    RedisFuture<Long> run(RedisClusterAsyncCommands<String, byte[]> commands, long now) {
        return script.run(commands, KEY, LuaScript.bytes(Math.max(0, now - EPOCH) << SPARE_BITS));
    }
}
