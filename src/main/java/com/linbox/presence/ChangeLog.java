package com.linbox.presence;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisConnections;
import io.lettuce.core.XAddArgs;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Tells whoever remembers sessions whose sessions have changed. An entry is appended after the change itself, and a change is
 * not answered before: what was read of a user's sessions after the log is up to date with all that the log told till then.
 *
 * @see ChangeLogReader
 */
final class ChangeLog {

    static final String KEY = "linbox:presence:changes";

    /** Of an entry: the user's id. */
    static final String USER = "u";

    /** Some 3 MB. Whoever has not read for longer than these took to come begins anew. */
    private static final XAddArgs BOUNDED = XAddArgs.Builder.maxlen(100_000).approximateTrimming();

    private final RedisConnections redis;

    ChangeLog(RedisConnections redis) {
        this.redis = redis;
    }

    CompletionStage<Void> append(long userId) {
        return redis.send(commands -> commands.xadd(KEY, BOUNDED, Map.of(USER, LuaScript.bytes(userId))))
                .thenAccept(id -> {});
    }
}
