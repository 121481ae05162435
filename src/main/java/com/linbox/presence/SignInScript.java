package com.linbox.presence;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a session in its place and removes those that lose theirs by {@link SessionPolicy}.
 *
 * <pre>
 * KEYS  1 the user's sessions
 * ARGV  1 field and 2 value of the new session, 3 lifetime in seconds
 * gives field, value; field, value; … of the sessions that were removed
 * </pre>
 */
final class SignInScript {

    private final LuaScript script = new LuaScript(SessionPolicy.LUA + """
            local losers = {}
            local sessions = redis.call('HGETALL', KEYS[1])
            for i = 1, #sessions, 2 do
              if sessions[i] ~= ARGV[1] and rivals(sessions[i + 1], ARGV[2]) then
                losers[#losers + 1] = sessions[i]
                losers[#losers + 1] = sessions[i + 1]
                redis.call('HDEL', KEYS[1], sessions[i])
              end
            end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.call('EXPIRE', KEYS[1], ARGV[3])
            return losers
            """, ScriptOutputType.MULTI);

    RedisFuture<List<Object>> run(RedisClusterAsyncCommands<String, byte[]> commands, Session session) {
        return script.run(
                commands,
                StoredSession.key(session.userId()),
                LuaScript.bytes(StoredSession.field(session)),
                LuaScript.bytes(StoredSession.value(session)),
                LuaScript.bytes(Presence.LIFETIME.toSeconds()));
    }

    static List<Session> losers(long userId, List<Object> fieldsAndValues) {
        List<Session> losers = new ArrayList<>(fieldsAndValues.size() / 2);
        for (int i = 0; i + 1 < fieldsAndValues.size(); i += 2) {
            losers.add(StoredSession.of(
                    userId, LuaScript.text(fieldsAndValues.get(i)), LuaScript.text(fieldsAndValues.get(i + 1))));
        }
        return losers;
    }
}
