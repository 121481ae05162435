package com.linbox.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.redis.RedisRole;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.util.unit.DataSize;

@WithEngines(RedisEngine.class)
class OutboxConfigurationTests {

    @ParameterizedTest
    @CsvSource({"gateway, true", "standalone, true", "router, false", "rpc, true"})
    void everyRoleWritesAndThoseThatAreAnsweredRead(String profile, boolean reads, RedisEngine redis) {
        try (RedisRole role = new RedisRole(profile, redis.properties(), OutboxConfiguration.class)) {
            assertThat(role.has(OutboxWriter.class)).isTrue();
            assertThat(role.has(OutboxReader.class)).isEqualTo(reads);
            assertThat(role.bean(OutboxProperties.class))
                    .isEqualTo(new OutboxProperties(2_000, DataSize.ofKilobytes(256), 16, Duration.ofSeconds(60)));
        }
    }

    @Test
    void everybodyWhoReadsHasAStreamOfTheirOwn(RedisEngine redis) {
        try (RedisRole role = new RedisRole("standalone", redis.properties(), OutboxConfiguration.class)) {
            ReceivedDeliveries gateway = new ReceivedDeliveries();
            ReceivedDeliveries rpc = new ReceivedDeliveries();
            role.bean(OutboxReader.class).start("gateway", gateway);
            role.bean(OutboxReader.class).start("rpc", rpc);

            role.bean(OutboxWriter.class).write("rpc", List.of(ReceivedDeliveries.push("for rpc")));
            role.bean(OutboxWriter.class).write("gateway", List.of(ReceivedDeliveries.push("for gateway")));

            Awaitility.await()
                    .until(() -> gateway.texts().size() == 1 && rpc.texts().size() == 1);
            assertThat(gateway.texts()).containsExactly("for gateway");
            assertThat(rpc.texts()).containsExactly("for rpc");
        }
    }

    @Test
    void aRolesEndRemovesItsStream(RedisEngine redis) {
        try (RedisRole other = new RedisRole(redis.properties())) {
            ReceivedDeliveries received = new ReceivedDeliveries();
            try (RedisRole gateway = new RedisRole("gateway", redis.properties(), OutboxConfiguration.class)) {
                gateway.bean(OutboxReader.class).start("ending", received);
                gateway.bean(OutboxWriter.class).write("ending", List.of(ReceivedDeliveries.push("x")));
                Awaitility.await().until(() -> received.texts().size() == 1);
                assertThat(gateway.meters()
                                .get(OutboxMeters.READ_DELIVERIES)
                                .counter()
                                .count())
                        .isEqualTo(1);
            }
            long streams = other.connections()
                    .send(commands -> commands.exists(OutboxKey.of("ending")))
                    .toCompletableFuture()
                    .join();
            assertThat(streams).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "max-entries, 0",
        "max-entries, many",
        "max-entry, -1",
        "max-entry, 1TB",
        "block-entries, 0",
        "lease, 1s"
    })
    void aWrongSettingStopsTheStartByItsName(String name, String value, RedisEngine redis) {
        Map<String, String> properties = new HashMap<>(redis.properties());
        properties.put("linbox.outbox." + name, value);

        assertThatThrownBy(() -> new RedisRole("gateway", properties, OutboxConfiguration.class))
                .hasRootCauseInstanceOf(Exception.class)
                .hasStackTraceContaining(ConfigurationPropertiesBindException.class.getSimpleName())
                .satisfies(thrown -> assertThat(thrown).hasStackTraceContaining("linbox.outbox"));
    }
}
