package com.linbox.e2e;

import static com.linbox.testing.WireClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.outbox.Delivery;
import com.linbox.testing.JarProcess;
import com.linbox.testing.KafkaEngine;
import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.RedisEngine;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A group of a hundred thousand, ten thousand of them online over two gateways, beside private messages. What it prints are
 * figures of a machine that does much else; src/docs/bench.md has those of one that does not.
 */
@Tag("load")
@WithEngines({KafkaEngine.class, ZooKeeperEngine.class, RedisEngine.class, MariaDbEngine.class})
class LargeGroupIT {

    private static final int MEMBERS = 100_000;
    private static final int ONLINE = 10_000;
    private static final int ADDED_AT_ONCE = 1_000;
    private static final int MESSAGES_A_SECOND = 10;
    private static final int MESSAGES = 100;

    /** Far above what is measured, and far below what a write or a question for each member would take. */
    private static final double PATIENCE_MILLIS = 10_000;

    private static final long MAX_GROWTH = 16 << 20;
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern NUMBER = Pattern.compile("number (\\d+)\"");

    private static final Map<String, String> ENGINES = new HashMap<>();
    private static Cluster cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void startCluster(KafkaEngine kafka, ZooKeeperEngine zooKeeper, RedisEngine redis, MariaDbEngine mariaDb)
            throws Exception {
        ENGINES.putAll(zooKeeper.properties());
        ENGINES.putAll(redis.properties());
        cluster = Cluster.startFast(kafka, zooKeeper, redis, mariaDb);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void everybodyOnlineHearsOfItSoonAndPrivateMessagesAreNotHeldUp() throws Exception {
        long ownerId = MessagingScenarios.newUser() * 1_000_000;
        Heard heard = new Heard();
        try (Device owner = Device.signedIn(cluster.gateway(0), ownerId);
                SimulatedGateway one = new SimulatedGateway("simulated-1-" + ownerId, ENGINES, heard::by);
                SimulatedGateway two = new SimulatedGateway("simulated-2-" + ownerId, ENGINES, heard::by)) {
            long group = makeGroup(owner);
            one.signIn(ownerId + 1, ownerId + ONLINE / 2);
            two.signIn(ownerId + ONLINE / 2, ownerId + ONLINE);
            // Whoever is told for the first time has to be looked for.
            heard.send(owner, group, 20);
            heard.await(20);
            List<Long> before = heapsOfRouters();

            try (JarProcess pairs = bench("--pairs=25", "--rate=200", "--warmup=45s", "--duration=10s")) {
                awaitLine(pairs, " 2 s (warm-up)");
                // What is measured is to be the server and not its compiler.
                heard.send(owner, group, 400);
                heard.await(400);
                awaitLine(pairs, " 44 s (warm-up)");
                heard.send(owner, group, MESSAGES);
                heard.await(MESSAGES);
                assertThat(pairs.awaitExit()).as(pairs.said()).isZero();
                pairs.output().stream()
                        .filter(line -> line.startsWith("send ->"))
                        .forEach(line -> System.out.println("private messages meanwhile: " + line));
            }
            List<Long> after = heapsOfRouters();
            System.out.println("heap of the routers, in bytes: " + before + " -> " + after);
            System.out.println(heard);

            assertThat(heard.slowestMillis()).isLessThan(PATIENCE_MILLIS);
            assertThat(report().path("sendToDelivered").path("p99").asDouble()).isLessThan(PATIENCE_MILLIS);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i) - before.get(i)).isLessThan(MAX_GROWTH);
            }
        }
    }

    private static long makeGroup(Device owner) throws IOException {
        long group = owner.makeGroup("large");
        for (long from = owner.user() + 1; from < owner.user() + MEMBERS; from += ADDED_AT_ONCE) {
            long to = Math.min(from + ADDED_AT_ONCE, owner.user() + MEMBERS);
            GroupScenarios.status(
                    200,
                    owner.changeGroup(
                            "add",
                            group,
                            Device.users(LongStream.range(from, to).toArray())));
        }
        JsonNode info = owner.ask(Device.GROUP_INFO, object().put("group_id", Long.toString(group)));
        assertThat(info.path("count").asInt()).isEqualTo(MEMBERS);
        return group;
    }

    /** The tool that src/docs/bench.md has its figures from, over sockets. */
    @Test
    void theLoadGeneratorMeasuresAGroupOverAllGateways() throws Exception {
        int second = cluster.gateway(1).getPort();
        try (JarProcess bench = bench(
                "--more-gateways=127.0.0.1:" + second,
                "--pairs=2",
                "--rate=20",
                "--group-members=300",
                "--group-online=60",
                "--group-rate=20",
                "--warmup=1s",
                "--duration=3s")) {
            assertThat(bench.awaitExit()).as(bench.said()).isZero();
        }
        JsonNode group = report().path("group");
        assertThat(group.path("sent").asLong()).isBetween(58L, 62L);
        assertThat(group.path("deliveries").asLong())
                .isEqualTo(group.path("sent").asLong() * 59);
        assertThat(group.path("toAll").path("p50").asDouble())
                .isGreaterThanOrEqualTo(group.path("toOne").path("p50").asDouble());
    }

    private JsonNode report() {
        return new JsonMapper().readTree(folder.resolve("report.json").toFile());
    }

    private JarProcess bench(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=bench",
                "--port=" + cluster.gateway(0).getPort(),
                "--version=2",
                "--users-from=" + MessagingScenarios.newUser() * 1_000_000,
                "--drain=30s",
                "--json=report.json"));
        arguments.addAll(Arrays.asList(options));
        return JarProcess.start(folder, arguments.toArray(String[]::new));
    }

    private static void awaitLine(JarProcess process, String text) {
        Awaitility.await(text)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        !process.handle().isAlive() || process.output().stream().anyMatch(line -> line.contains(text)));
    }

    /** What lies in the heap of each router after everything dead is gone from it. */
    private static List<Long> heapsOfRouters() throws Exception {
        List<Long> heaps = new ArrayList<>();
        for (ProcessHandle router : cluster.routers()) {
            jcmd(router, "GC.run");
            long used = 0;
            // Of the two generations; what follows them in the text is no heap.
            Matcher generations = HEAP_USED.matcher(jcmd(router, "GC.heap_info").split("Metaspace")[0]);
            while (generations.find()) {
                used += Long.parseLong(generations.group(1)) << 10;
            }
            assertThat(used).isPositive();
            heaps.add(used);
        }
        return heaps;
    }

    private static String jcmd(ProcessHandle process, String command) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        return said;
    }

    /** Which of the owner's messages have come to how many, and when. */
    private static final class Heard {

        private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
        private final Map<Long, Integer> times = new ConcurrentHashMap<>();
        private final Map<Long, Long> completeAt = new ConcurrentHashMap<>();
        private long last;

        /** Sends so many, on a schedule. */
        void send(Device owner, long group, int messages) throws Exception {
            sentAt.clear();
            times.clear();
            completeAt.clear();
            long start = System.nanoTime();
            for (int i = 0; i < messages; i++) {
                long due = start + i * TimeUnit.SECONDS.toNanos(1) / MESSAGES_A_SECOND;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                last++;
                sentAt.put(last, due);
                GroupScenarios.status(200, owner.say(group, "number " + last));
            }
        }

        void by(List<Delivery> deliveries) {
            for (Delivery delivery : deliveries) {
                if (delivery instanceof Delivery.Multicast multicast) {
                    Matcher number = NUMBER.matcher(new String(multicast.json(), StandardCharsets.UTF_8));
                    if (number.find()) {
                        by(Long.parseLong(number.group(1)), multicast.connectionIds().length);
                    }
                }
            }
        }

        private void by(long number, int connections) {
            if (times.merge(number, connections, Integer::sum) == ONLINE - 1) {
                completeAt.put(number, System.nanoTime());
            }
        }

        /** Returns when everybody has heard of every message once. */
        void await(int messages) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(times)
                    .hasSize(messages)
                    .allSatisfy((number, count) -> assertThat(count).isEqualTo(ONLINE - 1)));
        }

        private List<Double> millis() {
            return completeAt.entrySet().stream()
                    .map(complete -> (complete.getValue() - sentAt.get(complete.getKey())) / 1e6)
                    .sorted()
                    .toList();
        }

        double slowestMillis() {
            List<Double> millis = millis();
            return millis.get(millis.size() - 1);
        }

        @Override
        public String toString() {
            List<Double> millis = millis();
            return String.format(
                    Locale.ROOT,
                    "%d messages to %d of %d members: the last one has it after p50 %.0f, p99 %.0f, at most %.0f ms",
                    millis.size(),
                    ONLINE,
                    MEMBERS,
                    millis.get(millis.size() / 2),
                    millis.get(millis.size() * 99 / 100),
                    slowestMillis());
        }
    }
}
