package com.linbox.inbox;

import com.linbox.message.Conversation;
import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads a page of a user's conversations in one step: the newest ones, and the positions of just these.
 *
 * <pre>
 * KEYS  1 recent, 2 last, 3 read: the sorted sets of one user
 * ARGV  1 offset, 2 limit
 * gives conversation key, last msg_id, read msg_id; conversation key, …
 * </pre>
 */
final class PageScript {

    private static final int COLUMNS = 3;

    private final LuaScript script = new LuaScript("""
            local first = tonumber(ARGV[1])
            local page = redis.call('ZREVRANGE', KEYS[1], first, first + tonumber(ARGV[2]) - 1)
            local rows = {}
            for i, conversation in ipairs(page) do
              rows[3 * i - 2] = conversation
              rows[3 * i - 1] = redis.call('ZSCORE', KEYS[2], conversation) or '0'
              rows[3 * i] = redis.call('ZSCORE', KEYS[3], conversation) or '0'
            end
            return rows
            """, ScriptOutputType.MULTI);

    CompletionStage<List<Object>> run(RedisBatch batch, InboxKeys keys, int offset, int limit) {
        return batch.add(commands -> script.run(
                commands,
                new String[] {keys.recent(), keys.last(), keys.read()},
                LuaScript.bytes(offset),
                LuaScript.bytes(limit)));
    }

    static List<InboxEntry> entries(List<Object> rows) {
        List<InboxEntry> entries = new ArrayList<>(rows.size() / COLUMNS);
        for (int i = 0; i + COLUMNS <= rows.size(); i += COLUMNS) {
            entries.add(new InboxEntry(
                    Conversation.ofKey(LuaScript.text(rows.get(i))),
                    position(rows.get(i + 1)),
                    position(rows.get(i + 2))));
        }
        return entries;
    }

    private static long position(Object score) {
        return (long) Double.parseDouble(LuaScript.text(score));
    }
}
