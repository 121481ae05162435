package com.linbox.systemmessage;

import com.linbox.redis.RedisConnections;
import com.linbox.redis.RedisRole;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@WithEngines(RedisEngine.class)
class RedisSystemMessagesTests extends SystemMessagesContract {

    private static RedisRole role;

    @BeforeAll
    static void connect(RedisEngine redis) {
        role = new RedisRole(redis.properties());
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
