package com.linbox.presence;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes sessions as they were read, and none that its gateway has stored anew meanwhile.
 *
 * <pre>
 * KEYS  1 the user's sessions
 * ARGV  field, value; field, value; …
 * gives how many were removed
 * </pre>
 */
final class RemoveScript {

    private static final LuaScript SCRIPT = new LuaScript("""
            local removed = 0
            for i = 1, #ARGV, 2 do
              if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
                removed = removed + redis.call('HDEL', KEYS[1], ARGV[i])
              end
            end
            return removed
            """, ScriptOutputType.INTEGER);

    private RemoveScript() {}

    static RedisFuture<Long> run(
            RedisClusterAsyncCommands<String, byte[]> commands, long userId, List<Session> sessions) {
        List<byte[]> arguments = new ArrayList<>(2 * sessions.size());
        for (Session session : sessions) {
            arguments.add(LuaScript.bytes(StoredSession.field(session)));
            arguments.add(LuaScript.bytes(StoredSession.value(session)));
        }
        return SCRIPT.run(commands, StoredSession.key(userId), arguments.toArray(byte[][]::new));
    }
}
