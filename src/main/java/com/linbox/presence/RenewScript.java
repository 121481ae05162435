package com.linbox.presence;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * Renews the lifetime of a user's sessions, and puts a session back that Redis has lost. One that is missing because a
 * later one took its place is not put back.
 *
 * <pre>
 * KEYS  1 the user's sessions
 * ARGV  1 field, 2 value and 3 sign-in time of the session, 4 lifetime in seconds
 * gives 0 renewed, 1 put back, 2 a later session has its place
 * </pre>
 */
final class RenewScript {

    /** What the script found; its number is the place in this list. */
    enum Finding {
        RENEWED,
        PUT_BACK,
        DISPLACED
    }

    private final LuaScript script = new LuaScript(SessionPolicy.LUA + """
            local finding = 0
            if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
              local losers = {}
              local sessions = redis.call('HGETALL', KEYS[1])
              for i = 1, #sessions, 2 do
                if rivals(sessions[i + 1], ARGV[2]) then
                  if tonumber(string.match(sessions[i + 1], '^%d+')) >= tonumber(ARGV[3]) then
                    return 2
                  end
                  losers[#losers + 1] = sessions[i]
                end
              end
              for _, loser in ipairs(losers) do
                redis.call('HDEL', KEYS[1], loser)
              end
              redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
              finding = 1
            end
            redis.call('EXPIRE', KEYS[1], ARGV[4])
            return finding
            """, ScriptOutputType.INTEGER);

    RedisFuture<Long> run(RedisClusterAsyncCommands<String, byte[]> commands, Session session) {
        return script.run(
                commands,
                StoredSession.key(session.userId()),
                LuaScript.bytes(StoredSession.field(session)),
                LuaScript.bytes(StoredSession.value(session)),
                LuaScript.bytes(session.since()),
                LuaScript.bytes(Presence.LIFETIME.toSeconds()));
    }

    static Finding finding(long number) {
        return Finding.values()[(int) number];
    }
}
