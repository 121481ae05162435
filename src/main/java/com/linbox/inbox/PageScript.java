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
 * gives conversation key, send time, last msg_id, read msg_id; conversation key, …
 * </pre>
 */
final class PageScript {

    private static final int COLUMNS = 4;

    private final LuaScript script = new LuaScript("""
            local first = tonumber(ARGV[1])
            local page = redis.call('ZREVRANGE', KEYS[1], first, first + tonumber(ARGV[2]) - 1, 'WITHSCORES')
            local rows = {}
            for i = 1, #page, 2 do
              rows[2 * i - 1] = page[i]
              rows[2 * i] = page[i + 1]
              rows[2 * i + 1] = redis.call('ZSCORE', KEYS[2], page[i]) or '0'
              rows[2 * i + 2] = redis.call('ZSCORE', KEYS[3], page[i]) or '0'
            end
            return rows
            """, ScriptOutputType.MULTI);

    CompletionStage<List<Recent>> run(RedisBatch batch, InboxKeys keys, int offset, int limit) {
        return batch.<List<Object>>add(commands -> script.run(
                        commands,
                        new String[] {keys.recent(), keys.last(), keys.read()},
                        LuaScript.bytes(offset),
                        LuaScript.bytes(limit)))
                .thenApply(PageScript::conversations);
    }

    private static List<Recent> conversations(List<Object> rows) {
        List<Recent> conversations = new ArrayList<>(rows.size() / COLUMNS);
        for (int i = 0; i + COLUMNS <= rows.size(); i += COLUMNS) {
            InboxEntry entry = new InboxEntry(
                    Conversation.ofKey(LuaScript.text(rows.get(i))),
                    position(rows.get(i + 2)),
                    position(rows.get(i + 3)));
            conversations.add(new Recent(position(rows.get(i + 1)), entry));
        }
        return conversations;
    }

    private static long position(Object score) {
        return (long) Double.parseDouble(LuaScript.text(score));
    }
}
