package com.linbox.e2e;

import static com.linbox.testing.WireClient.PING;
import static com.linbox.testing.WireClient.PONG;
import static com.linbox.testing.WireClient.SYSTEM_MESSAGE;
import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.outbox.Delivery;
import com.linbox.outbox.OutboxWriter;
import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import com.linbox.systemmessage.SystemMessages;
import com.linbox.testing.GatewaySlice;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** System messages between a gateway and its clients, with a real Redis. */
@WithEngines(RedisEngine.class)
class SystemMessageTests {

    private static GatewaySlice gateway;

    private final long user = MessagingScenarios.newUser();
    private final RedisBatch batch = gateway.bean(RedisConnections.class).newBatch();

    @BeforeAll
    static void start(RedisEngine redis) {
        gateway =
                new GatewaySlice(redis, "linbox.credential.mode", "open", "linbox.system-messages.confirm-after", "0s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void closeBatch() {
        batch.close();
    }

    @Test
    void aDeviceGetsAgainWhatWasWrittenToAConnectionThatBrokeWithoutAWord() throws Exception {
        List<String> first;
        try (WireClient client = signedIn("phone")) {
            send("one");
            send("two");
            first = List.of(next(client), next(client));
        }
        try (WireClient client = signedIn("Phone")) {
            assertThat(List.of(next(client), next(client))).isEqualTo(first);
        }
    }

    @Test
    void aDeviceThatWasHeardAfterwardsGetsOnlyWhatIsNew() throws Exception {
        send("one");
        send("two");
        try (WireClient client = signedIn("phone")) {
            assertThat(next(client)).startsWith("one");
            String last = next(client);
            assertThat(last).startsWith("two");
            ping(client);
            awaitPosition("phone", last);
        }
        send("three");
        try (WireClient client = signedIn("Phone")) {
            assertThat(next(client)).startsWith("three");
        }
        try (WireClient client = signedIn("desktop")) {
            assertThat(next(client)).as("to another device").startsWith("one");
        }
    }

    /** Some come by the sign-in, some by being told of, some by both. */
    @Test
    void whatIsStoredWhileADeviceSignsInComesOnceAndInOrder() throws Exception {
        int total = 150;
        CompletableFuture<Void> sender =
                CompletableFuture.runAsync(() -> IntStream.rangeClosed(1, total).forEach(i -> send("message " + i)));
        List<WireClient> devices = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                devices.add(signedIn("device " + i));
            }
            for (WireClient device : devices) {
                for (int i = 1; i <= total; i++) {
                    assertThat(next(device)).startsWith("message " + i + " ");
                }
                ping(device);
            }
            sender.join();
        } finally {
            for (WireClient device : devices) {
                device.close();
            }
        }
    }

    private WireClient signedIn(String device) throws IOException {
        WireClient client = new WireClient(gateway.clients());
        assertThat(client.signIn(user, "any", device).path("status").asInt()).isEqualTo(200);
        return client;
    }

    /** As the rpc role does it: store, look for sessions, tell their gateways. */
    private void send(String content) {
        gateway.bean(SystemMessages.class).store(batch, List.of(user), 30, content);
        batch.execute();
        var sessions = gateway.bean(Presence.class).sessions(batch, user);
        batch.execute();
        for (Session session : sessions.toCompletableFuture().join()) {
            var told = List.of(new Delivery.SystemMessagesStored(session.connectionId()));
            gateway.bean(OutboxWriter.class).write(batch, session.gatewayId(), told);
        }
        batch.execute();
    }

    private static String next(WireClient client) throws IOException {
        JsonNode message = client.expect(SYSTEM_MESSAGE);
        return message.path("content").asString() + " " + message.path("msg_id").asLong();
    }

    private void ping(WireClient client) throws IOException {
        client.send(PING, object().put("r_id", 1).put("user_id", Long.toString(user)));
        client.expect(PONG);
    }

    private void awaitPosition(String device, String message) {
        long msgId = Long.parseLong(message.substring(message.indexOf(' ') + 1));
        Awaitility.await()
                .until(() -> gateway.bean(SystemMessages.class)
                                .position(user, device)
                                .toCompletableFuture()
                                .join()
                        == msgId);
    }
}
