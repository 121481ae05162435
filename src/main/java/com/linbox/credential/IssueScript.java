package com.linbox.credential;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Instant;

/**
 * Adds a token. Removes those that have expired, and of more than the most that a user may have those that expire first.
 *
 * <pre>
 * KEYS  1 the user's tokens
 * ARGV  1 field and 2 value of the new token, 3 when it expires, 4 now, both in ms since the epoch, 5 the most tokens
 * gives how many tokens there are
 * </pre>
 */
final class IssueScript {

    private final LuaScript script = new LuaScript("""
            local now = tonumber(ARGV[4])
            local last = tonumber(ARGV[3])
            local valid = {}
            local tokens = redis.call('HGETALL', KEYS[1])
            for i = 1, #tokens, 2 do
              local expires = tonumber(string.match(tokens[i + 1], '^%d+'))
              if expires <= now then
                redis.call('HDEL', KEYS[1], tokens[i])
              else
                valid[#valid + 1] = {tokens[i], expires}
                last = math.max(last, expires)
              end
            end
            table.sort(valid, function(one, other) return one[2] < other[2] end)
            for i = 1, #valid + 1 - tonumber(ARGV[5]) do
              redis.call('HDEL', KEYS[1], valid[i][1])
            end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', last))
            return redis.call('HLEN', KEYS[1])
            """, ScriptOutputType.INTEGER);

    RedisFuture<Long> run(
            RedisClusterAsyncCommands<String, byte[]> commands,
            long userId,
            String token,
            StoredToken stored,
            Instant now,
            int mostTokens) {
        return script.run(
                commands,
                StoredToken.key(userId),
                LuaScript.bytes(StoredToken.field(token)),
                LuaScript.bytes(stored.value()),
                LuaScript.bytes(stored.expiresAt().toEpochMilli()),
                LuaScript.bytes(now.toEpochMilli()),
                LuaScript.bytes(mostTokens));
    }
}
