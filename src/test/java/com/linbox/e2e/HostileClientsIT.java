package com.linbox.e2e;

import static com.linbox.testing.WireClient.OFFLINE_INFO;
import static com.linbox.testing.WireClient.PING;
import static com.linbox.testing.WireClient.PONG;
import static com.linbox.testing.WireClient.PULL;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.testing.WireClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients do who mean harm, at a server with the limits of the beginning: they are shut out, others notice nothing. */
class HostileClientsIT {

    private static final String CLOSED = "linbox.gateway.connections.closed";
    private static final String OPEN = "linbox.gateway.connections.open";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long MOST_KEPT = 24 * 1024 * 1024;

    /** A crowd must be able to come together before the first of it is sent away. */
    private static final Duration AUTH_TIMEOUT = Duration.ofSeconds(12);

    private static StandaloneInTest server;
    private Bystanders bystanders;
    private double openBefore;

    @BeforeAll
    static void startServer() {
        server = StandaloneInTest.start("--linbox.gateway.auth-timeout=" + AUTH_TIMEOUT.toMillis() + "ms");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void startTalking() throws Exception {
        bystanders = new Bystanders(server.clients());
        openBefore = server.measured(OPEN);
    }

    @AfterEach
    void stopTalking() {
        bystanders.close();
        await().until(() -> server.measured(OPEN) == 0);
    }

    @Test
    void whoSendsAByteNowAndThenIsClosedInTime() throws Exception {
        int number = 200;
        double before = closed("sign_in_too_slow");
        byte[] frame = WireClient.staticFrame(1, "{\"user_id\":\"1\",\"token\":\"" + "t".repeat(2_000) + "\"}");
        List<WireClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                slow.add(new WireClient(server.clients()));
            }
            AtomicInteger next = new AtomicInteger();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                byte[] one = {frame[next.getAndIncrement()]};
                slow.forEach(client -> sendIfOpen(client, one));
                return closed("sign_in_too_slow") == before + number;
            });
            bystanders.haveNoticedNothing();
        } finally {
            for (WireClient client : slow) {
                client.close();
            }
        }
    }

    private static void sendIfOpen(WireClient client, byte[] bytes) {
        try {
            client.sendBytes(bytes);
        } catch (IOException closed) {
            // As it should be, sooner or later.
        }
    }

    @Test
    void aFloodIsAnsweredWith429ThenClosedWithTheReason() throws Exception {
        double before = closed("too_many_requests");
        long user = MessagingScenarios.newUser();
        try (WireClient client = WireClient.signedIn(server.clients(), user)) {
            byte[] ping = client.frame(
                    PING,
                    object().put("r_id", 1).put("user_id", Long.toString(user)).toString());
            Thread flood = new Thread(() -> {
                while (closed("too_many_requests") == before) {
                    sendIfOpen(client, ping);
                }
            });
            flood.start();
            Deque<WireClient.Received> received = client.readToEnd();
            flood.join();

            WireClient.Received last = received.removeLast();
            assertThat(last.type()).isEqualTo(OFFLINE_INFO);
            assertThat(last.json().path("reason").asString()).startsWith("too many requests");
            assertThat(received).allSatisfy(pong -> assertThat(pong.type()).isEqualTo(PONG));
            assertThat(received.stream()
                            .filter(pong -> pong.json().path("status").asInt() == 429))
                    .hasSizeGreaterThanOrEqualTo(10_000);
            assertThat(closed("too_many_requests")).isEqualTo(before + 1);
        }
        bystanders.haveNoticedNothing();
    }

    @Test
    void tenThousandConnectionsThatNeverSignInAreClosedAndTheirMemoryComesBack() throws Exception {
        int number = 10_000;
        double before = closed("sign_in_too_slow");
        long memoryBefore = used();
        try (Crowd crowd = Crowd.start(server.clients(), number)) {
            crowd.awaitConnected();
            await().atMost(PATIENCE).until(() -> server.measured(OPEN) == openBefore + number);
            crowd.awaitGone();
            assertThat(closed("sign_in_too_slow")).isEqualTo(before + number);
        }
        await().until(() -> server.measured(OPEN) == openBefore);
        bystanders.haveNoticedNothing();
        await().atMost(PATIENCE).until(() -> used() - memoryBefore < MOST_KEPT);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void aReaderThatNeverReadsIsClosedAndNothingIsKeptForIt() throws Exception {
        double before = closed("slow_reader");
        long writer = MessagingScenarios.newUser();
        long reader = MessagingScenarios.newUser();
        try (WireClient alice = WireClient.signedIn(server.clients(), writer)) {
            for (int i = 0; i < 32; i++) {
                assertThat(alice.say(writer, reader, "x".repeat(16_000))
                                .path("status")
                                .asInt())
                        .isEqualTo(200);
            }
        }
        try (WireClient bob = WireClient.signedIn(server.clients(), reader)) {
            String pull = object().put("user_id", Long.toString(reader))
                    .put("remote_id", Long.toString(writer))
                    .put("type", 2)
                    .put("limit", 200)
                    .toString();
            // Half a megabyte each: some are for the buffers of the two sockets.
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                sendIfOpen(bob, bob.frame(PULL, pull));
                return closed("slow_reader") == before + 1;
            });
            await().atMost(PATIENCE).until(() -> server.measured(OPEN) == openBefore);
        }
        bystanders.haveNoticedNothing();
    }

    private static double closed(String cause) {
        return server.counted(CLOSED, "cause", cause);
    }
}
