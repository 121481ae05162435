package com.linbox.group;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;

/**
 * Remembers which id a request to make a group was given, so that its retry makes the same group.
 *
 * <pre>
 * KEYS  1 the id given to this request
 * ARGV  1 an id for it where it has none, 2 lifetime in seconds
 * gives the id
 * </pre>
 */
final class RequestedGroupScript {

    private static final Duration LIFETIME = Duration.ofDays(1);

    private final LuaScript script = new LuaScript("""
            local known = redis.call('GET', KEYS[1])
            if known then
              return known
            end
            redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
            return ARGV[1]
            """, ScriptOutputType.VALUE);

    RedisFuture<Object> run(
            RedisClusterAsyncCommands<String, byte[]> commands, long userId, long requestId, long groupId) {
        return script.run(
                commands,
                "linbox:new-group:{" + userId + "}:" + requestId,
                LuaScript.bytes(groupId),
                LuaScript.bytes(LIFETIME.toSeconds()));
    }
}
