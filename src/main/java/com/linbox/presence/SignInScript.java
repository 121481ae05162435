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
 * ARGV  1 field and 2 value of the new session, 3 lifetime in seconds, 4 how many sessions a user may have, 5 by how many
 *       milliseconds a sign-in can be late
 * gives field, value; field, value; … of the sessions that were removed; or of the new one alone, where a later one has its place
 * </pre>
 *
 * <p>A sign-in is late where the network or its gateway was slow and the client, having given up, has signed in elsewhere. It must
 * not take the place of what the client has now. A client that says who it is numbers its attempts, and nothing is left to chance.
 * Of others the times tell, those of the gateways' clocks: by more than a sign-in can be late they tell of clocks that differ, and not
 * of anything late.
 */
final class SignInScript {

    private final SessionPolicy policy;
    private final LuaScript script;

    SignInScript(SessionPolicy policy) {
        this.policy = policy;
        this.script = new LuaScript(policy.lua() + """
                local told = {}
                local going = losers(redis.call('HGETALL', KEYS[1]), ARGV[1], ARGV[2], tonumber(ARGV[4]))
                for _, loser in ipairs(going) do
                  local late = since(loser[2]) - since(ARGV[2])
                  local overtaken = late > 0 and late <= tonumber(ARGV[5])
                  if sameclient(loser[2], ARGV[2]) then
                    overtaken = attempt(loser[2]) > attempt(ARGV[2])
                  end
                  if overtaken then
                    return { ARGV[1], ARGV[2] }
                  end
                end
                for _, loser in ipairs(going) do
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
                LuaScript.bytes(policy.most()),
                LuaScript.bytes(Presence.LATEST_SIGN_IN.toMillis()));
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
