package com.linbox.systemmessage;

import com.linbox.redis.RedisConnections;
import com.linbox.redis.RedisRole;
import com.linbox.testing.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A cluster refuses whatever does not stay in one slot. */
class RedisClusterSystemMessagesTests extends SystemMessagesContract {

    private static RedisRole role;

    @BeforeAll
    static void connect() throws Exception {
        role = new RedisRole(RedisCluster.shared().properties());
    }

    @AfterAll
    static void disconnect() {
        role.close();
    }

    @Override
    RedisConnections redis() {
        return role.connections();
    }
}
