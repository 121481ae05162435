/**
 * The way to Redis, one server or a cluster: single commands over a shared connection, and batches of commands that travel
 * together over connections of their own. Configured by {@code spring.data.redis.*} (one server, sentinels, cluster, TLS);
 * Redis 6.2 or newer.
 *
 * <p>Starting points: {@link com.linbox.redis.RedisConnections}, {@link com.linbox.redis.RedisBatch}.
 *
 * <p>Which keys there are is told by the modules that keep them: {@code credential}, {@code inbox}, {@code outbox},
 * {@code presence}, {@code systemmessage}. Every operation touches one key, or keys of one hash tag, so that it can be
 * carried out by a cluster.
 *
 * <p>The client is closed in lifecycle phase 0: what needs Redis for its end has to end in a phase above.
 *
 * <p>While Redis is away, commands fail at once; the client connects again by itself, at least every second. Nothing is
 * queued and nothing is sent twice: a command whose connection broke before it was answered has failed, and may have been
 * carried out.
 */
@ApplicationModule(allowedDependencies = {"health", "metrics"})
@NullMarked
package com.linbox.redis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
