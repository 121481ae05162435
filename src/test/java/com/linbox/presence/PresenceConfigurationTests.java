package com.linbox.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.cluster.LivingGateways;
import com.linbox.redis.RedisRole;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithEngines(RedisEngine.class)
class PresenceConfigurationTests {

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "router", "rpc", "standalone"})
    void everyRoleHasIt(String profile, RedisEngine redis) {
        try (RedisRole role =
                new RedisRole(profile, redis.properties(), PresenceConfiguration.class, AllLiving.class)) {
            assertThat(role.has(Presence.class)).isTrue();
        }
    }

    static final class AllLiving implements LivingGateways {

        @Override
        public boolean isGone(String gatewayId, long registration, long knownSince) {
            return false;
        }
    }
}
