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
 * ARGV  1 field and 2 value of the new session, 3 lifetime in seconds, 4 how many sessions a user may have
 * gives field, value; field, value; … of the sessions that were removed
 * </pre>
 */
final class SignInScript {

    private final SessionPolicy policy;
    private final LuaScript script;

    SignInScript(SessionPolicy policy) {
        this.policy = policy;
        this.script = new LuaScript(policy.lua() + """
                local told = {}
                for _, loser in ipairs(losers(redis.call('HGETALL', KEYS[1]), ARGV[1], ARGV[2], tonumber(ARGV[4]))) do
                  told[#told + 1] = loser[1]
                  told[#told + 1] = loser[2]
                  redis.call('HDEL', KEYS[1], loser[1])
                end
                redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
                redis.call('EXPIRE', KEYS[1], ARGV[3])
                return told
                """, ScriptOutputType.MULTI);
    }

    RedisFuture<List<Object>> run(RedisClusterAsyncCommands<String, byte[]> commands, Session session) {
        return script.run(
                commands,
                StoredSession.key(session.userId()),
                LuaScript.bytes(StoredSession.field(session)),
                LuaScript.bytes(StoredSession.value(session)),
                LuaScript.bytes(Presence.LIFETIME.toSeconds()),
                LuaScript.bytes(policy.most()));
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
