package com.linbox.credential;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Instant;

/**
 * Removes one token of a user, or all of them.
 *
 * <pre>
 * KEYS  1 the user's tokens
 * ARGV  1 now in ms since the epoch, 2 the field of the token; none for all
 * gives how many there were, without those that had expired
 * </pre>
 */
final class RevokeScript {

    private final LuaScript script = new LuaScript("""
            local fields = ARGV[2] and {ARGV[2]} or redis.call('HKEYS', KEYS[1])
            local revoked = 0
            for _, field in ipairs(fields) do
              local value = redis.call('HGET', KEYS[1], field)
              if value then
                redis.call('HDEL', KEYS[1], field)
                if tonumber(string.match(value, '^%d+')) > tonumber(ARGV[1]) then
                  revoked = revoked + 1
                end
              end
            end
            return revoked
            """, ScriptOutputType.INTEGER);

    RedisFuture<Long> one(RedisClusterAsyncCommands<String, byte[]> commands, long userId, String token, Instant now) {
        return script.run(
                commands,
                StoredToken.key(userId),
                LuaScript.bytes(now.toEpochMilli()),
                LuaScript.bytes(StoredToken.field(token)));
    }

    RedisFuture<Long> all(RedisClusterAsyncCommands<String, byte[]> commands, long userId, Instant now) {
        return script.run(commands, StoredToken.key(userId), LuaScript.bytes(now.toEpochMilli()));
    }
}
