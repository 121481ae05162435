package com.linbox.systemmessage;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Stores a message for one user: appends it, drops what is too old or too much, counts it.
 *
 * <pre>
 * KEYS  1 messages, 2 unread, 3 positions of one user
 * ARGV  1 the time in ms since the epoch, 2 type, 3 content, 4 how many are kept, 5 for how long in ms
 * gives how many were dropped for their age, and how many because they were too many
 * </pre>
 */
final class StoreScript {

    static final String TYPE = "type";
    static final String CONTENT = "content";
    static final String TIME = "time";

    private final LuaScript script = new LuaScript("""
            local function last()
              if redis.call('EXISTS', KEYS[1]) == 1 then
                local stream = redis.call('XINFO', 'STREAM', KEYS[1])
                for i = 1, #stream, 2 do
                  if stream[i] == 'last-generated-id' then
                    return tonumber(string.match(stream[i + 1], '^%d+'))
                  end
                end
              end
              return 0
            end
            local id = string.format('%.0f-0', math.max(tonumber(ARGV[1]), last() + 1))
            redis.call('XADD', KEYS[1], id, 'type', ARGV[2], 'content', ARGV[3], 'time', ARGV[1])
            local oldest = math.max(0, tonumber(ARGV[1]) - tonumber(ARGV[5]))
            local aged = redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f-0', oldest))
            local crowded = redis.call('XTRIM', KEYS[1], 'MAXLEN', ARGV[4])
            redis.call('HINCRBY', KEYS[2], ARGV[2], 1)
            for _, key in ipairs(KEYS) do
              redis.call('PEXPIRE', key, ARGV[5])
            end
            return { aged, crowded }
            """, ScriptOutputType.MULTI);

    CompletionStage<List<Object>> run(
            RedisBatch batch,
            SystemMessageKeys keys,
            long now,
            byte[] type,
            byte[] content,
            int maxStored,
            Duration lifetime) {
        return batch.add(commands -> script.run(
                commands,
                new String[] {keys.messages(), keys.unread(), keys.positions()},
                LuaScript.bytes(now),
                type,
                content,
                LuaScript.bytes(maxStored),
                LuaScript.bytes(lifetime.toMillis())));
    }
}
