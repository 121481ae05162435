package com.linbox.credential;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;

/**
 * Gives a user's content key while at least half of its lifetime is left, and otherwise puts a new one in its place. The
 * time is that of Redis, so that all who ask agree.
 *
 * <pre>
 * KEYS  1 the user's content key
 * ARGV  1 a new key, 2 its lifetime in ms
 * gives the stored text
 * </pre>
 *
 * @see StoredContentKey
 */
final class ObtainKeyScript {

    private final LuaScript script = new LuaScript("""
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            local lifetime = tonumber(ARGV[2])
            local stored = redis.call('GET', KEYS[1])
            if stored and tonumber(string.match(stored, '^%d+')) - now >= lifetime / 2 then
              return stored
            end
            local expires = string.format('%.0f', now + lifetime)
            stored = expires .. ' ' .. ARGV[1]
            redis.call('SET', KEYS[1], stored, 'PXAT', expires)
            return stored
            """, ScriptOutputType.VALUE);

    RedisFuture<byte[]> run(
            RedisClusterAsyncCommands<String, byte[]> commands, long userId, String newKey, Duration lifetime) {
        return script.run(
                commands, StoredContentKey.key(userId), LuaScript.bytes(newKey), LuaScript.bytes(lifetime.toMillis()));
    }
}
