package com.linbox.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The oldest Redis that will do: 6.2 brought ZADD GT to sorted sets, and NOMKSTREAM and MINID to streams. */
final class RedisVersion {

    private static final int MAJOR = 6;
    private static final int MINOR = 2;
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)\\S*");

    private RedisVersion() {}

    /**
     * Asks Redis for its version.
     *
     * @throws IllegalStateException where it is too old
     * @throws RedisException where it does not say
     */
    static void require(RedisClusterAsyncCommands<String, byte[]> commands, Duration timeout) {
        try {
            check(commands.info("server").get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException("Interrupted while asking for the version", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new RedisException("Redis does not tell its version", e);
        }
    }

    static void check(String info) {
        Matcher version = VERSION.matcher(info);
        if (!version.find()) {
            return;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < MAJOR || (major == MAJOR && minor < MINOR)) {
            throw new IllegalStateException(version.group() + " (expected: >= " + MAJOR + "." + MINOR + ")");
        }
    }
}
