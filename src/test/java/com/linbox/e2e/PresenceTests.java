package com.linbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import com.linbox.testing.GatewaySlice;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WireClient;
import com.linbox.testing.WithEngines;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What a gateway tells of who is online: through sockets, with a real Redis. */
@WithEngines(RedisEngine.class)
class PresenceTests {

    private static final String[] OPEN = {"linbox.credential.mode", "open"};

    private final long user = MessagingScenarios.newUser();

    @Test
    void aSessionTellsWhichVersionOfTheProtocolItSpeaks(RedisEngine redis) throws Exception {
        try (GatewaySlice gateway = new GatewaySlice(redis, OPEN);
                WireClient old = new WireClient(gateway.clients());
                WireClient current = WireClient.ofVersion2(gateway.clients())) {
            old.signIn(user, "", "iphone");
            current.signIn(user, "", "web");

            assertThat(sessions(gateway))
                    .extracting(session -> session.device() + " " + session.protocol())
                    .containsExactlyInAnyOrder("iphone 1", "web 2");
        }
    }

    private List<Session> sessions(GatewaySlice gateway) {
        try (RedisBatch batch = gateway.bean(RedisConnections.class).newBatch()) {
            CompletionStage<List<Session>> sessions =
                    gateway.bean(Presence.class).sessions(batch, user);
            batch.execute();
            return sessions.toCompletableFuture().join();
        }
    }
}
