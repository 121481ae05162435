package com.linbox.e2e;

import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.presence.Presence;
import com.linbox.presence.Session;
import com.linbox.redis.RedisBatch;
import com.linbox.redis.RedisConnections;
import com.linbox.testing.WireClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the team's push service reads of users who are offline, after what users do through sockets. Events of one user keep
 * their order as those of a conversation do, so that where a later one is there none of an earlier message will come.
 */
class OfflinePushIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MUTE = 36;

    private final StandaloneInTest linbox = StandaloneInTest.get();
    private final InetSocketAddress gateway = linbox.clients();
    private final long alice = MessagingScenarios.newUser();
    private final long bob = MessagingScenarios.newUser();
    private final long carol = MessagingScenarios.newUser();
    private final List<JsonNode> events = new ArrayList<>();
    private KafkaConsumer<String, byte[]> pushService;

    @BeforeEach
    void listen() {
        pushService = new KafkaConsumer<>(
                Map.of("bootstrap.servers", linbox.property("spring.kafka.bootstrap-servers")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        pushService.assign(pushService.partitionsFor("linbox.push").stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        pushService.seekToEnd(pushService.assignment());
        pushService.assignment().forEach(pushService::position);
    }

    @AfterEach
    void close() {
        pushService.close();
    }

    @Test
    void aMessageToWhoIsOfflineGivesOneEventWithAllThatTheyHaveNotRead() throws Exception {
        try (WireClient a = WireClient.signedIn(gateway, alice);
                Device c = Device.signedIn(gateway, carol)) {
            JsonNode sent = a.say(alice, bob, "x".repeat(99) + "😀 and more");
            JsonNode event = events(bob, 1).get(0);
            assertThat(event.propertyNames())
                    .containsExactlyInAnyOrder(
                            "event_id",
                            "recipient",
                            "sender",
                            "type",
                            "remote_id",
                            "msg_id",
                            "mime_type",
                            "preview",
                            "send_time",
                            "badge");
            assertThat(event.path("recipient").asString()).isEqualTo(Long.toString(bob));
            assertThat(event.path("sender").asString()).isEqualTo(Long.toString(alice));
            assertThat(event.path("type").asInt()).isEqualTo(2);
            assertThat(event.path("remote_id").asString()).isEqualTo(Long.toString(alice));
            assertThat(event.path("msg_id").asLong()).isEqualTo(1);
            assertThat(event.path("mime_type").asString()).isEqualTo("text/plain");
            assertThat(event.path("preview").asString()).isEqualTo("x".repeat(99) + "😀");
            assertThat(event.path("send_time").asLong())
                    .isEqualTo(sent.path("send_time").asLong());
            assertThat(event.path("badge").asInt()).isEqualTo(1);

            // The group's making is no message that anybody is told of, but it is not read either.
            long group = c.makeGroup("friends", bob);
            c.say(group, "hello all");
            event = events(bob, 2).get(1);
            assertThat(event.path("type").asInt()).isEqualTo(3);
            assertThat(event.path("remote_id").asString()).isEqualTo(Long.toString(group));
            assertThat(event.path("group_id").asString()).isEqualTo(Long.toString(group));
            assertThat(event.path("sender").asString()).isEqualTo(Long.toString(carol));
            assertThat(event.path("event_id").asString()).isEqualTo(group + "/2/" + bob);
            assertThat(event.path("preview").asString()).isEqualTo("hello all");
            assertThat(event.path("badge").asInt()).isEqualTo(3);

            a.say(alice, alice, "to myself");
            a.say(alice, bob, "one more");
            events(bob, 3);
            assertThat(events(alice, 0)).isEmpty();
            assertThat(events(carol, 0)).isEmpty();
        }
    }

    @Test
    void whoIsOnlineWithAnyDeviceIsToldOfNothing() throws Exception {
        try (Device a = Device.signedIn(gateway, alice)) {
            long group;
            try (Device tablet = Device.signedIn(gateway, bob, "ipad")) {
                Device.signedIn(gateway, bob, "iphone").close();
                group = a.makeGroup("friends", bob);
                tablet.hears();
                a.say(group, "seen on the other device");
                assertThat(tablet.hears()).isEqualTo("seen on the other device");
                a.client().say(alice, bob, "this too");
                assertThat(tablet.hears()).isEqualTo("this too");
            }
            isOffline(bob);
            a.say(group, "first");
            events(bob, 1);
            a.client().say(alice, bob, "second");
            assertThat(events(bob, 2))
                    .extracting(event -> event.path("preview").asString())
                    .containsExactly("first", "second");
        }
    }

    @Test
    void mutedConversationsGiveNoEventsAndDoNotCount() throws Exception {
        try (Device a = Device.signedIn(gateway, alice);
                WireClient c = WireClient.signedIn(gateway, carol)) {
            long group = a.makeGroup("noisy", bob);
            try (Device b = Device.signedIn(gateway, bob)) {
                long until = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
                JsonNode muted = mute(b, group, -1);
                assertThat(muted.path("status").asInt()).isEqualTo(200);
                assertThat(muted.path("until").asLong()).isEqualTo(-1);
                assertThat(muted.path("group_id").asString()).isEqualTo(Long.toString(group));
                assertThat(mutePartner(b, alice, until).path("status").asInt()).isEqualTo(200);
                assertThat(mute(b, group + 1, -1).path("status").asInt())
                        .as("of a group that there is not")
                        .isEqualTo(403);
                assertThat(mutePartner(b, alice, -2).path("status").asInt()).isEqualTo(400);
            }
            isOffline(bob);
            double mutedBefore = muted();
            a.say(group, "noise");
            a.client().say(alice, bob, "more noise");
            c.say(carol, bob, "news");
            JsonNode event = events(bob, 1).get(0);
            assertThat(event.path("preview").asString()).isEqualTo("news");
            assertThat(event.path("badge").asInt()).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> muted() == mutedBefore + 2);

            try (Device b = Device.signedIn(gateway, bob)) {
                mute(b, group, 0);
            }
            isOffline(bob);
            a.say(group, "audible");
            assertThat(events(bob, 2))
                    .extracting(told -> told.path("preview").asString())
                    .containsExactly("news", "audible");
            // The group's making, noise and audible; news. Of alice alone nothing.
            assertThat(events(bob, 2).get(1).path("badge").asInt()).isEqualTo(4);
        }
    }

    private static JsonNode mute(Device device, long group, long until) throws Exception {
        return mute(device, object().put("type", 3).put("group_id", Long.toString(group)), until);
    }

    private static JsonNode mutePartner(Device device, long partner, long until) throws Exception {
        return mute(device, object().put("type", 2).put("remote_id", Long.toString(partner)), until);
    }

    private static JsonNode mute(Device device, ObjectNode conversation, long until) throws Exception {
        return device.ask(MUTE, conversation.put("until", until));
    }

    private double muted() {
        return linbox.counted("linbox.push.suppressed", "cause", "muted");
    }

    private void isOffline(long user) {
        try (RedisBatch batch = linbox.bean(RedisConnections.class).newBatch()) {
            await().atMost(PATIENCE).until(() -> {
                CompletionStage<List<Session>> sessions =
                        linbox.bean(Presence.class).sessions(batch, user);
                batch.execute();
                return sessions.toCompletableFuture().join().isEmpty();
            });
        }
    }

    /** The events of a user, when there are at least so many. */
    private List<JsonNode> events(long user, int atLeast) {
        await().atMost(PATIENCE).until(() -> {
            for (ConsumerRecord<String, byte[]> record : pushService.poll(Duration.ofMillis(50))) {
                JsonNode event = JsonMapper.shared().readTree(record.value());
                assertThat(record.key()).isEqualTo(event.path("recipient").asString());
                events.add(event);
            }
            return of(user).size() >= atLeast;
        });
        return of(user);
    }

    private List<JsonNode> of(long user) {
        return events.stream()
                .filter(event -> event.path("recipient").asLong() == user)
                .toList();
    }
}
