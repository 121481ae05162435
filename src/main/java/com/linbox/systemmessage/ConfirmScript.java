package com.linbox.systemmessage;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;

/**
 * Moves a device's position up, never back. What clients call their devices is up to them: of too many devices the one
 * that is farthest behind is forgotten.
 *
 * <pre>
 * KEYS  1 positions of one user
 * ARGV  1 device, 2 msg_id, 3 lifetime in ms, 4 how many devices are remembered
 * gives whether it was moved: 1 or 0
 * </pre>
 */
final class ConfirmScript {

    static final int MAX_DEVICES = 100;

    private final LuaScript script = new LuaScript("""
            if tonumber(ARGV[2]) <= tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') then
              return 0
            end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[4]) then
              local all = redis.call('HGETALL', KEYS[1])
              local behind, position
              for i = 1, #all, 2 do
                local its = tonumber(all[i + 1])
                if all[i] ~= ARGV[1] and (not position or its < position) then
                  behind, position = all[i], its
                end
              end
              redis.call('HDEL', KEYS[1], behind)
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return 1
            """, ScriptOutputType.INTEGER);

    RedisFuture<Long> run(
            RedisClusterAsyncCommands<String, byte[]> commands,
            SystemMessageKeys keys,
            String field,
            long msgId,
            Duration lifetime) {
        return script.run(
                commands,
                keys.positions(),
                LuaScript.bytes(field),
                LuaScript.bytes(msgId),
                LuaScript.bytes(lifetime.toMillis()),
                LuaScript.bytes(MAX_DEVICES));
    }
}
