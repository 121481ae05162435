package com.linbox.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;

/**
 * A script that Redis carries out in one step. All its keys must have the same hash tag. Each script of LINBOX has a class
 * of its own that names and types its keys, arguments and result.
 *
 * <p>The text is sent each time: Redis finds the compiled script by its digest, which costs a microsecond; sending the
 * digest only would need a second attempt for whatever stands in the same batch after each restart of Redis.
 */
public final class LuaScript {

    private final byte[] text;
    private final ScriptOutputType result;

    public LuaScript(String text, ScriptOutputType result) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.result = result;
    }

    /** Runs it on one key. */
    public <T> RedisFuture<T> run(RedisClusterAsyncCommands<String, byte[]> commands, String key, byte[]... arguments) {
        return run(commands, new String[] {key}, arguments);
    }

    /** Runs it on several keys of one hash tag. */
    public <T> RedisFuture<T> run(
            RedisClusterAsyncCommands<String, byte[]> commands, String[] keys, byte[]... arguments) {
        return commands.eval(text, result, keys, arguments);
    }

    /** An argument, or an element of the result, as text. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    /** An element of a script's result. */
    public static String text(Object element) {
        return new String((byte[]) element, StandardCharsets.UTF_8);
    }
}
