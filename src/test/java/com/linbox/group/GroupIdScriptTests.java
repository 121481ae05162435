package com.linbox.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.redis.RedisRole;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import org.junit.jupiter.api.Test;

@WithEngines(RedisEngine.class)
class GroupIdScriptTests {

    private static final long NOW = 1_800_000_000_000L;

    private final GroupIdScript script = new GroupIdScript();

    @Test
    void everyIdIsGreaterThanAllBeforeWhateverTheClock(RedisEngine redis) {
        try (RedisRole role = new RedisRole(redis.properties())) {
            forget(role);
            long first = next(role, NOW);
            long sameTime = next(role, NOW);
            long clockBehind = next(role, NOW - 10_000);
            long later = next(role, NOW + 1);

            assertThat(first).isPositive().isLessThan(1L << 53);
            assertThat(sameTime).isEqualTo(first + 1);
            assertThat(clockBehind).isEqualTo(first + 2);
            assertThat(later).isGreaterThan(clockBehind);
        }
    }

    @Test
    void aRedisThatHasLostTheLastIdGivesNoneOfTheEarlierOnes(RedisEngine redis) {
        try (RedisRole role = new RedisRole(redis.properties())) {
            long before = next(role, NOW + 60_000);
            forget(role);
            assertThat(next(role, NOW + 60_001)).isGreaterThan(before);
        }
    }

    private long next(RedisRole role, long now) {
        return role.connections()
                .send(commands -> script.run(commands, now))
                .toCompletableFuture()
                .join();
    }

    private static void forget(RedisRole role) {
        role.connections()
                .send(commands -> commands.del(GroupIdScript.KEY))
                .toCompletableFuture()
                .join();
    }
}
