package com.linbox.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.journal.DeadLetters;
import com.linbox.journal.Origin;
import com.linbox.journal.Publications;
import com.linbox.journal.RequestLog;
import com.linbox.journal.RequestLogConsumers;
import com.linbox.journal.Topic;
import com.linbox.protocol.PacketType;
import com.linbox.testing.KafkaEngine;
import com.linbox.testing.WithEngines;
import com.linbox.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/** What a webhook gets, by a real Kafka and over real sockets. */
@WithEngines(KafkaEngine.class)
class WebhookTests {

    private static final String SECRET = "a-secret-of-the-two-of-us";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static AnnotationConfigApplicationContext journal;
    private static KafkaConsumer<byte[], byte[]> dead;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final String user = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 60));
    private final Map<String, String> causes = new TreeMap<>();
    private Receiver receiver;
    private Webhook webhook;

    @BeforeAll
    static void startJournal(KafkaEngine kafka) {
        Map<String, Object> properties = new TreeMap<>(kafka.properties());
        properties.put("linbox.journal.partitions", "2");
        journal = new AnnotationConfigApplicationContext();
        journal.getEnvironment().setActiveProfiles("router");
        journal.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        journal.registerBean(LocalValidatorFactoryBean.class);
        journal.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        journal.registerBean(Tracing.class, () -> Tracing.OFF);
        journal.scan("com.linbox.journal");
        journal.refresh();
        dead = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        dead.assign(dead.partitionsFor("linbox.dead").stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    @AfterAll
    static void stopJournal() {
        dead.close();
        journal.close();
    }

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver(0);
    }

    @AfterEach
    void close() {
        if (webhook != null) {
            webhook.stop();
        }
        receiver.close();
    }

    @Test
    void eventsComeSignedAndAsTheyWerePublished() throws Exception {
        start(settings());
        byte[] event = publish(1);

        await().atMost(PATIENCE).until(() -> accepted().contains(id(1)));
        Receiver.Post post = receiver.posts().stream()
                .filter(candidate -> candidate.events().contains(id(1)))
                .findFirst()
                .orElseThrow();
        assertThat(post.path()).isEqualTo("/hook");
        assertThat(Long.parseLong(post.timestamp()))
                .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(PATIENCE.toMillis()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((post.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(post.signature()).isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(post.body())));
        assertThat(new String(post.body(), StandardCharsets.UTF_8))
                .startsWith("{\"events\":[{")
                .contains(new String(event, StandardCharsets.UTF_8))
                .endsWith("}]}");
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 302})
    void whileItIsAwayEventsWaitForIt(int status) throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        receiver.answers(post -> refusals.incrementAndGet() <= 3 ? status : 200);
        start(settings());
        publish(1, 2, 3);

        await().atMost(PATIENCE).until(() -> accepted().containsAll(ids(1, 2, 3)));
        assertThat(accepted()).doesNotHaveDuplicates();
        assertThat(receiver.posts()).extracting(Receiver.Post::path).containsOnly("/hook");
        assertThat(buried()).isEmpty();
    }

    @Test
    void afterItWasNotEvenThereItGetsWhatWasPublishedMeanwhile() throws Exception {
        int port = receiver.port();
        receiver.close();
        start(settings(port));
        publish(1, 2);
        await().atMost(PATIENCE).until(() -> posts("unavailable") >= 2);
        assertThat(lag()).isPositive();

        receiver = new Receiver(port);
        publish(3);

        await().atMost(PATIENCE).until(() -> accepted().containsAll(ids(1, 2, 3)));
        await().atMost(PATIENCE).until(() -> lag() == 0);
        assertThat(buried()).isEmpty();
    }

    @Test
    void anEventThatIsRefusedIsPutAsideAndTheOthersComeOnce() throws Exception {
        publishMany(40);
        receiver.answers(post -> post.events().contains(id(7)) || post.events().contains(id(23)) ? 400 : 200);
        start(settings());

        await().atMost(PATIENCE).until(() -> buried().size() == 2);
        await().atMost(PATIENCE).until(() -> accepted().size() == 38);
        assertThat(buried()).containsOnlyKeys(id(7), id(23)).containsValue(cause("status 400"));
        assertThat(accepted()).doesNotHaveDuplicates().doesNotContain(id(7), id(23));
        assertThat(registry.get("linbox.push.webhook.events")
                        .tag("outcome", "refused")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void anEventThatFailsWhileOthersAreAcceptedHoldsNobodyUpAndIsPutAside() throws Exception {
        publishMany(20);
        receiver.answers(post -> post.events().contains(id(5)) ? 500 : 200);
        start(settings());

        await().atMost(PATIENCE).until(() -> accepted().size() == 19);
        assertThat(buried()).as("one acceptance is too little to tell").isEmpty();
        for (int i = 21; buried().isEmpty(); i++) {
            publish(i);
            String event = id(i);
            await().atMost(PATIENCE).until(() -> accepted().contains(event));
        }
        assertThat(buried()).containsOnlyKeys(id(5)).containsValue(cause("status 500, while others are accepted"));
        assertThat(accepted()).doesNotHaveDuplicates();
    }

    @Test
    void whileEverythingFailsNothingIsPutAside() throws Exception {
        publishMany(20);
        receiver.answers(post -> 500);
        start(settings());
        await().atMost(PATIENCE).until(() -> posts("failed") > 40);

        assertThat(buried()).isEmpty();
        receiver.answers(post -> 200);
        await().atMost(PATIENCE).until(() -> accepted().size() == 20);
    }

    @Test
    void whatGetsTooOldIsPutAside() throws Exception {
        receiver.answers(post -> 503);
        start(new PushSettings.Webhook(
                url(receiver.port()),
                SECRET,
                false,
                100,
                Duration.ofSeconds(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(400)));
        publish(1, 2);

        await().atMost(PATIENCE).until(() -> buried().size() == 2);
        assertThat(buried()).containsValue(cause("not delivered within PT0.4S"));
        assertThat(accepted()).isEmpty();
    }

    @Test
    void aLongAnswerIsNotReadToItsEnd() throws Exception {
        receiver.answersWith(new byte[1 << 20]);
        start(settings());
        publish(1);

        await().atMost(PATIENCE).until(() -> posts("accepted") == 1);
        assertThat(accepted()).contains(id(1));
    }

    @Test
    void whileItWaitsForALongTimeItEndsAtOnceAndWhatWaitedComesAfterTheNextStart() throws Exception {
        receiver.answers(post -> 503);
        start(new PushSettings.Webhook(
                url(receiver.port()),
                SECRET,
                false,
                100,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofDays(1)));
        publish(1);
        await().atMost(PATIENCE).until(() -> posts("failed") == 1);
        stopsPromptly();

        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        receiver.answers(post -> {
            asked.countDown();
            awaitQuietly(never);
            return 503;
        });
        start(settings());
        asked.await();
        stopsPromptly();
        never.countDown();

        receiver.answers(post -> 200);
        start(settings());
        await().atMost(PATIENCE).until(() -> accepted().contains(id(1)));
    }

    private void stopsPromptly() {
        long began = System.nanoTime();
        webhook.stop();
        webhook = null;
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(PushSettings.Webhook settings) {
        webhook = new Webhook(
                settings,
                journal.getBean(RequestLogConsumers.class),
                journal.getBean(DeadLetters.class),
                new PushMeters(registry),
                Clock.systemUTC());
        webhook.start();
    }

    private PushSettings.Webhook settings() {
        return settings(receiver.port());
    }

    private static PushSettings.Webhook settings(int port) {
        return new PushSettings.Webhook(
                url(port),
                SECRET,
                false,
                100,
                Duration.ofSeconds(5),
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                Duration.ofDays(1));
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/hook";
    }

    /** Of this test's user: what another test has left waiting may come too. */
    private List<String> accepted() {
        return receiver.accepted().stream().filter(id -> id.endsWith(user)).toList();
    }

    private long posts(String outcome) {
        return registry.get("linbox.push.webhook.posts")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private double lag() {
        return registry.get("linbox.push.webhook.lag").timeGauge().value();
    }

    private static String cause(String why) {
        return UndeliverableException.class.getName() + ": " + why;
    }

    /** This user's events in the dead-letter topic, and why they are there. */
    private Map<String, String> buried() {
        for (ConsumerRecord<byte[], byte[]> record : dead.poll(Duration.ofMillis(50))) {
            PushEvent event = PushJson.read(record.value(), PushEvent.class);
            if (event.recipient().equals(user)) {
                causes.put(
                        event.eventId(),
                        new String(record.headers().lastHeader("linbox.cause").value(), StandardCharsets.UTF_8));
            }
        }
        return causes;
    }

    private String id(int msgId) {
        return "1_2/" + msgId + "/" + user;
    }

    private List<String> ids(int... msgIds) {
        List<String> ids = new ArrayList<>();
        for (int msgId : msgIds) {
            ids.add(id(msgId));
        }
        return ids;
    }

    private void publishMany(int events) {
        int[] msgIds = new int[events];
        for (int i = 0; i < events; i++) {
            msgIds[i] = i + 1;
        }
        publish(msgIds);
    }

    /** @return the last one's JSON */
    private byte[] publish(int... msgIds) {
        Publications publications = new Publications(journal.getBean(RequestLog.class));
        byte[] json = {};
        for (int msgId : msgIds) {
            PushEvent event = new PushEvent(
                    id(msgId), user, "7", 2, "7", null, msgId, "text/plain", "héllo", System.currentTimeMillis(), 3L);
            json = PushJson.write(event);
            Origin origin = new Origin(PacketType.SEND_MSG_REQUEST, "gateway", 1, 7, "test", event.sendTime());
            publications.publish(Topic.PUSH, user, origin, json);
        }
        publications.await();
        return json;
    }
}
