package com.linbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.redis.RedisRole;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithEngines(RedisEngine.class)
class InboxConfigurationTests {

    @ParameterizedTest
    @CsvSource({"router, true", "rpc, true", "standalone, true", "gateway, false"})
    void onlyGatewaysAreWithoutIt(String profile, boolean has, RedisEngine redis) {
        try (RedisRole role = new RedisRole(profile, redis.properties(), InboxConfiguration.class)) {
            assertThat(role.has(Inbox.class)).isEqualTo(has);
        }
    }
}
