package com.linbox.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.redis.LuaScript;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import com.linbox.redis.RedisRole;
import com.linbox.testing.RedisCluster;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cluster refuses whatever does not stay in one slot. */
class RedisClusterSessionCacheTests extends SessionCacheContract {

    private static RedisRole role;

    @BeforeAll
    static void connect() throws Exception {
        role = new RedisRole(RedisCluster.shared().properties());
    }

    @AfterAll
    static void disconnect() {
        role.close();
    }

    @Test
    void orderBetweenKeysOfAClusterIsKeptByWaiting() {
        try (RedisBatch batch = redis().newBatch()) {
            CompletableFuture<String> first = batch.add(commands -> commands.set("order:a", LuaScript.bytes("1")));
            batch.keepOrder();
            assertThat(first).isCompletedWithValue("OK");
        }
    }

    @Override
    RedisConnections redis() {
        return role.connections();
    }
}
