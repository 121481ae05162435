package com.linbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithEngines(RedisEngine.class)
class RedisConfigurationTests {

    @Test
    void aCommandMayTakeFiveSecondsUnlessToldOtherwise(RedisEngine redis) {
        try (RedisRole role = new RedisRole(redis.properties())) {
            assertThat(role.connections().commandTimeout()).isEqualTo(Duration.ofSeconds(5));
        }
        Map<String, String> properties = new HashMap<>(redis.properties());
        properties.put("spring.data.redis.timeout", "1500ms");
        try (RedisRole role = new RedisRole(properties)) {
            assertThat(role.connections().commandTimeout()).isEqualTo(Duration.ofMillis(1_500));
        }
    }

    @Test
    void rolesWithoutRedisHaveNothingOfIt(RedisEngine redis) {
        try (RedisRole role = new RedisRole("chat", redis.properties())) {
            assertThat(role.has(RedisConnections.class)).isFalse();
        }
    }
}
