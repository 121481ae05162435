package com.linbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.testing.WireClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionSweepTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aShorterIdleTimeoutHoldsForConnectionsThatAreThereAlready() throws Exception {
        try (TestGateway gateway = new TestGateway("gateway.idle-timeout", "1h").start();
                WireClient silent = new WireClient(gateway.clients()).signedInAs(7)) {
            gateway.change("gateway.idle-timeout", "10ms");

            await().atMost(SOON).until(() -> gateway.closed(CloseCause.IDLE) == 1);
            assertThat(silent.readToEnd()).isEmpty();
        }
    }

    @Test
    void aClientThatIsHeardNowAndThenIsNotIdle() throws Exception {
        Duration idle = Duration.ofSeconds(3);
        try (TestGateway gateway = new TestGateway("gateway.idle-timeout", idle.toMillis() + "ms").start();
                WireClient client = new WireClient(gateway.clients()).signedInAs(7)) {
            long start = System.nanoTime();
            await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
                client.send(WireClient.PING, WireClient.object().put("user_id", "7"));
                client.expect(WireClient.PONG);
                return System.nanoTime() - start > idle.multipliedBy(2).toNanos();
            });

            assertThat(gateway.closed(CloseCause.IDLE)).isZero();
        }
    }

    @Test
    void version1SwitchedOffEndsTheConnectionsThatSpeakItAndNoOthers() throws Exception {
        try (TestGateway gateway = new TestGateway().start();
                WireClient old = new WireClient(gateway.clients()).signedInAs(7);
                WireClient recent = WireClient.ofVersion2(gateway.clients()).signedInAs(8)) {
            gateway.change("gateway.v1", "false");

            assertThat(old.expect(WireClient.OFFLINE_INFO).path("reason").asString())
                    .isEqualTo(ConnectionSweep.V1_SWITCHED_OFF);
            assertThat(gateway.closed(CloseCause.V1_SWITCHED_OFF)).isEqualTo(1);
            assertThat(recent.say(8, 9, "still here").path("status").asInt()).isEqualTo(200);
        }
    }
}
