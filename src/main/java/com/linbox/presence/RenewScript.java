package com.linbox.presence;

import com.linbox.redis.LuaScript;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * Renews the lifetime of a user's sessions, and puts a session back that Redis has lost, or whose gateway can be seen by a later
 * registration now. One that is missing because a later one took its place is not put back.
 *
 * <pre>
 * KEYS  1 the user's sessions
 * ARGV  1 field, 2 value of the session, 3 lifetime in seconds, 4 how many sessions a user may have
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

    private final SessionPolicy policy;
    private final LuaScript script;

    RenewScript(SessionPolicy policy) {
        this.policy = policy;
        this.script = new LuaScript(policy.lua() + """
                local finding = 0
                local known = redis.call('HGET', KEYS[1], ARGV[1])
                if not known then
                  local going = losers(redis.call('HGETALL', KEYS[1]), ARGV[1], ARGV[2], tonumber(ARGV[4]))
                  for _, loser in ipairs(going) do
                    local later = since(loser[2]) >= since(ARGV[2])
                    if sameclient(loser[2], ARGV[2]) then
                      later = attempt(loser[2]) >= attempt(ARGV[2])
                    end
                    if later then
                      return 2
                    end
                  end
                  for _, loser in ipairs(going) do
                    redis.call('HDEL', KEYS[1], loser[1])
                  end
                  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
                  finding = 1
                elseif registration(known) < registration(ARGV[2]) then
                  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
                  finding = 1
                end
                redis.call('EXPIRE', KEYS[1], ARGV[3])
                return finding
                """, ScriptOutputType.INTEGER);
    }

    RedisFuture<Long> run(RedisClusterAsyncCommands<String, byte[]> commands, Session session) {
        return script.run(
                commands,
                StoredSession.key(session.userId()),
                LuaScript.bytes(StoredSession.field(session)),
                LuaScript.bytes(StoredSession.value(session)),
                LuaScript.bytes(Presence.LIFETIME.toSeconds()),
                LuaScript.bytes(policy.most()));
    }

    static Finding finding(long number) {
        return Finding.values()[(int) number];
    }
}
